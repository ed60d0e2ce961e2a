/** The days of a filter, as instants. */

import { addDays, type CalendarDay } from "../../ui/time/parse/days.ts";
import type { LookQuery } from "../../wire/api.gen.ts";

export interface Days {
  readonly from: CalendarDay | null;
  readonly to: CalendarDay | null;
}

export const EVER: Days = { from: null, to: null };

export const isBackwards = ({ from, to }: Days): boolean => from !== null && to !== null && to < from;

/** From the first midnight to the one after the last day, by the reader's clock. */
export function instantsOf({ from, to }: Days): Pick<LookQuery, "from" | "to"> {
  return {
    ...(from === null ? {} : { from: midnight(from) }),
    ...(to === null ? {} : { to: midnight(addDays(to, 1)) }),
  };
}

const midnight = (day: CalendarDay): string => new Date(`${day}T00:00:00`).toISOString();
