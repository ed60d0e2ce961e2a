import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LOCKS_AFTER_MS, watchActivity } from "./activity.ts";

let stop = () => {};
const [onActive, onSoon, onIdle] = [vi.fn(), vi.fn(), vi.fn()];
const type = () => dispatchEvent(new Event("keydown"));

beforeEach(() => {
  vi.useFakeTimers();
  for (const each of [onActive, onSoon, onIdle]) each.mockReset();
  stop = watchActivity({ onActive, onSoon, onIdle, now: () => Date.now() });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("input is told at most once a minute, with its age", () => {
  for (let second = 0; second < 180; second += 1) {
    vi.advanceTimersByTime(1_000);
    if (second % 20 === 0) type();
  }
  expect(onActive.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(onActive.mock.calls.length).toBeLessThanOrEqual(3);
  expect(onActive.mock.calls.every(([age]) => age <= 20)).toBe(true);
});

it("without input nothing is told, and the page warns before it asks whether it is locked", () => {
  vi.advanceTimersByTime(LOCKS_AFTER_MS - 61_000);
  expect(onSoon).not.toHaveBeenCalledWith(true);
  vi.advanceTimersByTime(2_000);
  expect(onSoon).toHaveBeenLastCalledWith(true);
  vi.advanceTimersByTime(60_000);
  expect(onActive).not.toHaveBeenCalled();
  expect(onIdle).toHaveBeenCalledTimes(1);
});

it("any input takes the warning away", () => {
  vi.advanceTimersByTime(LOCKS_AFTER_MS - 30_000);
  expect(onSoon).toHaveBeenLastCalledWith(true);
  type();
  vi.advanceTimersByTime(1_000);
  expect(onSoon).toHaveBeenLastCalledWith(false);
  vi.advanceTimersByTime(60_000);
  expect(onIdle).not.toHaveBeenCalled();
});
