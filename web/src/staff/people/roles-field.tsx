import { staffWords } from "../../messages/words.ts";
import { at } from "../../now.ts";
import { ChecksField } from "../../ui/forms/checks.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import type { ChangeRoles, StaffMember, StaffRole } from "../../wire/api.gen.ts";
import type { Trouble } from "../../wire/form.ts";
import { at as refused } from "../clients/refused.ts";
import { staffRoleWord } from "./words.ts";

export interface Roles {
  readonly roles: readonly StaffRole[];
  /** The auditor's last day. */
  readonly auditor_until: string | null;
}

/** The roles that somebody has, as the field shows them. */
export function rolesOf({ roles, auditor_until }: Pick<StaffMember, "roles" | "auditor_until">): Roles {
  return { roles, auditor_until: auditor_until === null ? null : dayIn(Date.parse(auditor_until)) };
}

/** The roles as the service takes them; an auditor's last day ends at midnight where the reader is. */
export function asked({ roles, auditor_until: day }: Roles): ChangeRoles {
  const until = roles.includes("auditor") && day !== null ? new Date(`${day}T23:59:59`).toISOString() : null;
  return { roles, auditor_until: until };
}

interface Props {
  readonly value: Roles;
  readonly onChange: (value: Partial<Roles>) => void;
  /** The field that was refused, and why. */
  readonly trouble: Trouble | null;
}

const ROLES: readonly StaffRole[] = ["facilitator", "prescriber", "supervisor", "administrator", "biller", "auditor"];

/** What somebody may do here: any of the roles, and an auditor's last day. */
export function RolesField({ value, onChange, trouble }: Props) {
  const choices = ROLES.map((role) => ({ value: role, label: staffRoleWord(role), help: staffWords.people.roleMeans[role] }));
  return (
    <>
      <ChecksField
        label={staffWords.people.roles}
        required
        choices={choices}
        values={value.roles}
        {...refused(trouble, "$.roles")}
        onChoose={(roles) => onChange({ roles })}
      />
      {value.roles.includes("auditor") && (
        <DateField
          label={staffWords.people.auditorUntil}
          required
          first={dayIn(at())}
          value={value.auditor_until}
          {...refused(trouble, "$.auditor_until")}
          onChange={(auditor_until) => onChange({ auditor_until })}
        />
      )}
    </>
  );
}
