/** How staff are called and found. */

import { day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { StaffMember, StaffRole, StaffState } from "../../wire/api.gen.ts";

export const STATE_BADGES: Readonly<Record<StaffState, string>> = { invited: "calm", active: "", off: "warn" };

export const stateWord = (state: StaffState): string => staffWords.people.stateWords[state];
export const staffRoleWord = (role: StaffRole): string => staffWords.people.roleWords[role];

/** The roles in words, such as "Facilitator, Supervisor". */
export function rolesSaid({ roles }: Pick<StaffMember, "roles">): string {
  return roles.length === 0 ? staffWords.people.noRole : roles.map(staffRoleWord).join(", ");
}

export const dayOfInstant = (at: string): string => day(at);
