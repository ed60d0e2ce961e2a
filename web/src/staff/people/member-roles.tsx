import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { StaffMember } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";
import { useRefused } from "../clients/refused.ts";
import { asked, type Roles, RolesField, rolesOf } from "./roles-field.tsx";
import { staffRoleWord } from "./words.ts";

interface Props {
  readonly member: StaffMember;
  readonly onChanged: (member: StaffMember) => void;
}

/** What a member of staff may do here, which changes after a question that says what changes. */
export function MemberRoles({ member, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  const form = useForm<Roles>({
    name: `roles ${member.id}`,
    blank: rolesOf(member),
    send: async (values) => {
      const changed = await api.changeRoles(member.id, asked(values));
      toast(staffWords.people.rolesChanged(changed.name));
      onChanged(changed);
    },
  });
  const elsewhere = useRefused(form.trouble);
  const same = JSON.stringify(asked(form.values)) === JSON.stringify(asked(rolesOf(member)));
  const ask = (event: Event) => {
    event.preventDefault();
    if (!same) setAsking(true);
  };
  const confirm = () => {
    setAsking(false);
    void form.submit();
  };
  return (
    <section class="card stack" aria-labelledby="may">
      <h2 id="may">{staffWords.people.mayDo}</h2>
      <form class="stack" onSubmit={ask} noValidate>
        <FormTrouble trouble={elsewhere} />
        <RolesField value={form.values} onChange={form.set} trouble={form.trouble} />
        <div class="row">
          <Button type="submit" busy={form.busy} disabled={same}>
            {staffWords.people.changeRoles}
          </Button>
          {!same && (
            <Button kind="plain" onPress={form.clear}>
              {staffWords.people.leaveRoles}
            </Button>
          )}
        </div>
      </form>
      {asking && (
        <Question
          title={staffWords.people.rolesAsk(member.name)}
          yes={staffWords.people.changeRoles}
          consequences={consequences(member, form.values)}
          onYes={confirm}
          onNo={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function consequences({ roles: before }: StaffMember, { roles: after }: Roles): readonly string[] {
  const gained = after.filter((role) => !before.includes(role)).map((role) => staffWords.people.gains(staffRoleWord(role), staffWords.people.roleMeans[role]));
  const lost = before.filter((role) => !after.includes(role)).map((role) => staffWords.people.loses(staffRoleWord(role)));
  return [...gained, ...lost, staffWords.people.rolesAtOnce];
}
