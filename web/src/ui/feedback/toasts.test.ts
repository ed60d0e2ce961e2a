import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dismiss, hold, release, toast, toasts } from "./toasts.ts";

const sentences = () => toasts.value.map(({ sentence }) => sentence);

describe("short news", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    for (const { key } of toasts.value) dismiss(key);
    vi.useRealTimers();
  });

  it("leaves by itself, and later if it can be undone", () => {
    toast("Saved.");
    toast("Removed Pat.", () => undefined);
    vi.advanceTimersByTime(8_000);
    expect(sentences()).toEqual(["Removed Pat."]);
    vi.advanceTimersByTime(22_000);
    expect(sentences()).toEqual([]);
  });

  it("stays while pointed at or focused, and then for its whole time", () => {
    toast("Saved.");
    vi.advanceTimersByTime(7_000);
    hold();
    vi.advanceTimersByTime(60_000);
    expect(sentences()).toEqual(["Saved."]);
    release();
    vi.advanceTimersByTime(7_999);
    expect(sentences()).toEqual(["Saved."]);
    vi.advanceTimersByTime(1);
    expect(sentences()).toEqual([]);
  });

  it("gives way to newer news", () => {
    for (const each of ["one", "two", "three", "four"]) toast(each);
    expect(sentences()).toEqual(["two", "three", "four"]);
  });
});
