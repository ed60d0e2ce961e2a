/** What the pages about staff say. */

import type { StaffRole, StaffState } from "../../../wire/api.gen.ts";
import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const people = {
  title: "Who works here",
  lead: (count: number) => plural(count, { one: "1 person", other: `${count} people` }),
  fetching: "Fetching who works here…",
  find: "Find somebody",
  findHelp: "A part of a name, an address or a role",
  nobodyFound: "Nobody fits. Try fewer letters.",
  table: "Staff",
  name: "Name",
  roles: "Roles",
  state: "State",
  email: "E-mail",
  noRole: "No role",
  roleWords: {
    administrator: "Administrator", supervisor: "Supervisor", facilitator: "Facilitator", prescriber: "Prescriber",
    biller: "Biller", auditor: "Auditor",
  } satisfies Record<StaffRole, string> as Record<StaffRole, string>,
  stateWords: {
    invited: "Invited", active: "Active", off: "Access switched off",
  } satisfies Record<StaffState, string> as Record<StaffState, string>,
};
