/** A logged meeting in words, for the client and for the care team that they share it with. */

import { dayOf } from "./format.ts";
import { words } from "./messages/words.ts";
import type { LoggedMeeting } from "./wire/api.gen.ts";

/** Its day, and what it was. */
export function meetingSaid({ met_on, kind, home_group, sponsor }: LoggedMeeting): readonly [string, string] {
  const { meetings } = words;
  const parts = [meetings.kinds[kind], home_group && meetings.homeGroup, sponsor && meetings.sponsor];
  return [dayOf(met_on), parts.filter(Boolean).join(" · ")];
}
