import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchNetwork } from "./dead-network.ts";

type State = RTCPeerConnectionState | "none";

function begin() {
  const publishing = signal<State>("connected");
  const subscribing = signal<State>("connected");
  const dead = vi.fn();
  const stop = watchNetwork(publishing, subscribing, dead);
  return { publishing, subscribing, dead, stop };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("one interval without packets in both directions drops nothing", () => {
  const { publishing, subscribing, dead } = begin();
  publishing.value = "disconnected";
  subscribing.value = "disconnected";
  vi.advanceTimersByTime(900);
  publishing.value = "connected";
  vi.advanceTimersByTime(10_000);
  expect(dead).not.toHaveBeenCalled();
});

it("a second without packets in both directions is a dead network, once", () => {
  const { publishing, subscribing, dead } = begin();
  publishing.value = "disconnected";
  subscribing.value = "disconnected";
  vi.advanceTimersByTime(600);
  subscribing.value = "none";
  vi.advanceTimersByTime(400);
  expect(dead).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10_000);
  expect(dead).toHaveBeenCalledOnce();
});

it("one direction that still works keeps the socket", () => {
  const { publishing, dead } = begin();
  publishing.value = "disconnected";
  vi.advanceTimersByTime(10_000);
  expect(dead).not.toHaveBeenCalled();
});

it("after the watch ends nothing is dropped", () => {
  const { publishing, subscribing, dead, stop } = begin();
  publishing.value = "disconnected";
  subscribing.value = "disconnected";
  stop();
  vi.advanceTimersByTime(10_000);
  expect(dead).not.toHaveBeenCalled();
});
