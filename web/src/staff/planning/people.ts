/** Who can come to a program's session, and who can lead it. */

import type { ClientRow, StaffMember } from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";
import { api } from "../api.ts";
import { calls } from "../first-run/calls.ts";

/** A client of the program, with the enrolment by which their hours count. */
export interface Choosable {
  readonly person: string;
  readonly enrolment: string;
  readonly name: string;
}

export interface People {
  readonly clients: readonly Choosable[];
  readonly leaders: readonly StaffMember[];
}

const LEADS: ReadonlySet<string> = new Set(["facilitator", "prescriber", "supervisor"]);

/** Clients who are in the program now, and staff who lead rooms and whose access is not switched off. */
export async function peopleOf(program: string): Promise<People> {
  const [clients, enrolments, staff] = await Promise.all([
    all((after) => request<Items<ClientRow>>("POST", "/api/clients/search", { program, after })),
    all((after) => calls.enrolments(program, after)),
    api.staff(),
  ]);
  const leaders = staff.filter(({ state, roles }) => state !== "off" && roles.some((role) => LEADS.has(role)));
  const choosable = clients.flatMap(({ id, name, distinction }) => {
    const enrolment = enrolments.find((each) => each.client === id && each.ends_on === null);
    return enrolment === undefined ? [] : [{ person: id, enrolment: enrolment.id, name: distinction === null ? name : `${name} (${distinction})` }];
  });
  return { clients: choosable, leaders };
}

/** Every page of a list. */
async function all<T>(page: (after: string | null) => Promise<Items<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const next: Items<T> = await page(after);
    found.push(...next.items);
    after = next.next;
  } while (after !== null);
  return found;
}
