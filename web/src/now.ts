/**
 * The time by the service's clock, once a second.
 *
 * The device's own clock may be wrong by an hour or a year, and may be set while the page is open. So the page takes the
 * time from the service, and counts on by the browser's monotonic clock, which nobody can set.
 */

import { computed, signal } from "@preact/signals";
import type { Instant } from "./wire/api.gen.ts";

/** An answer's header is in whole seconds and may arrive late, so it corrects only larger differences. */
const HEADER_TOLERANCE_MS = 3_000;
/** The device's clock was set, or the device slept, if its clock differs this much from the elapsed time. */
const SHAKEN_MS = 2_000;

/** The service's time at zero of the monotonic clock, in milliseconds since the epoch. */
const zero = signal(Date.now() - performance.now());
const elapsed = signal(performance.now());

/** Milliseconds since the epoch, once a second. */
export const now = computed(() => zero.value + elapsed.value);

/** Counts how often the device slept or its clock was set; the known time may be old after that. */
export const shaken = signal(0);

let drift = driftNow();
setInterval(tick, 1_000);

/** Milliseconds since the epoch, this moment. */
export function at(): number {
  return zero.peek() + performance.now();
}

/** Set the time that the service has just sent. */
export function set(serviceNow: Instant): void {
  begin(Date.parse(serviceNow));
}

/** Set the time from the `Date` header of an answer. */
export function hearHeader(date: string | null): void {
  const heard = date === null ? Number.NaN : Date.parse(date);
  if (Math.abs(heard - at()) > HEADER_TOLERANCE_MS) begin(heard);
}

/** Whole seconds from now until then; negative when it is past. */
export function secondsUntil(then: Instant): number {
  return Math.ceil((Date.parse(then) - now.value) / 1_000);
}

function begin(milliseconds: number): void {
  zero.value = milliseconds - performance.now();
  elapsed.value = performance.now();
}

function tick(): void {
  elapsed.value = performance.now();
  const before = drift;
  drift = driftNow();
  if (Math.abs(drift - before) > SHAKEN_MS) shaken.value += 1;
}

/** How far the device's clock is ahead of the monotonic one; constant until it is set or the device sleeps. */
function driftNow(): number {
  return Date.now() - performance.now();
}
