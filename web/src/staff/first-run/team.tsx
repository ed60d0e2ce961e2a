import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { rolesSaid, stateWord } from "../people/words.ts";
import { useWrong } from "../programs/wrong.ts";
import { GoOn } from "./go-on.tsx";
import type { StepProps } from "./steps.ts";

/** Who leads the groups: invited by a link, as everybody who works here. */
export function TeamStep({ left, onDone }: StepProps) {
  const [staff, again] = useLoaded("staff", api.staff);
  const form = useForm({
    name: "first-facilitator",
    blank: { name: "", email: "" },
    unkept: ["name", "email"],
    send: async ({ name, email }) => {
      await api.invite({ name, email: email.trim(), roles: ["facilitator"] });
      again();
    },
  });
  const { at, rest } = useWrong("team", ["name", "email"], form.trouble);
  const invited = staff.is === "there" && staff.value.some(({ state }) => state === "invited");
  return (
    <div class="stack">
      {staff.is === "there" && (
        <ul class="card stack-tight">
          {staff.value.map((member) => (
            <li key={member.id}>
              {member.name} <span class="soft small">{rolesSaid(member)}</span> <span class="badge calm">{stateWord(member.state)}</span>
            </li>
          ))}
        </ul>
      )}
      {invited && <Banner tone="good">{staffWords.firstRun.invitedMeans}</Banner>}
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={rest} />
        <TextField {...at("name")} label={staffWords.people.name} required value={form.values.name} onInput={(name) => form.set({ name })} />
        <TextField {...at("email")} type="email" label={staffWords.people.email} help={staffWords.people.emailHelp} required value={form.values.email} onInput={(email) => form.set({ email })} />
        <div>
          <Button type="submit" kind={invited || left.leaders > 0 ? "plain" : "main"} busy={form.busy}>{staffWords.firstRun.inviteFacilitator}</Button>
        </div>
      </form>
      {(invited || left.leaders > 0) && <GoOn onDone={onDone} />}
    </div>
  );
}
