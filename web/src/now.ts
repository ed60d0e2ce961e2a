/**
 * The time by the service's clock, once a second.
 *
 * The device's own clock may be an hour or a year off, and may be set while the page is open. So the page takes the time
 * from the service, and counts on from there by the browser's clock for durations, which nobody can set.
 */

import { computed, signal } from "@preact/signals";
import type { Instant } from "./wire/api.gen.ts";

/** An answer's header says whole seconds and may have been on its way for a while: it corrects only what is further off. */
const HEADER_TOLERANCE_MS = 3_000;
/** The device's clock moved by this much more or less than time went by: it was set, or the device slept. */
const SHAKEN_MS = 2_000;

/** The service's time when the clock for durations stood at zero, in milliseconds since the epoch. */
const zero = signal(Date.now() - performance.now());
const elapsed = signal(performance.now());

/** Milliseconds since the epoch, once a second. */
export const now = computed(() => zero.value + elapsed.value);

/** Counts how often the device slept or had its clock set: what was known of the time may be old then. */
export const shaken = signal(0);

let drift = driftNow();
setInterval(tick, 1_000);

/** Milliseconds since the epoch, this moment. */
export function at(): number {
  return zero.peek() + performance.now();
}

/** The service has just said what time it is. */
export function set(serviceNow: Instant): void {
  begin(Date.parse(serviceNow));
}

/** An answer of the service carries the time of its `Date` header. */
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

/** How far the device's clock is ahead of the one for durations; steady until it is set, or the device sleeps. */
function driftNow(): number {
  return Date.now() - performance.now();
}
