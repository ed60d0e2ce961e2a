import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { ZoneField } from "../../ui/time/zone-field.tsx";
import type { Weekday } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { go } from "../router.ts";
import { calls } from "./calls.ts";
import { numberOf, tagsOf } from "./typed.ts";
import { useWrong } from "./wrong.ts";
import { programPath } from "./words.ts";

const WEEKDAYS: readonly Weekday[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A new program. Its phases, texts and policy are set on its own page, which opens next. */
export function NewProgram() {
  const form = useForm({
    name: "new-program",
    blank: { name: "", timezone: here as string | null, week_start: "sunday" as Weekday, capacity: "", tags: "" },
    send: async ({ name, timezone, week_start, capacity, tags }) => {
      const policy = { policy_id: "evening-sud", policy_version: 1 };
      const made = await calls.create({
        name, timezone: timezone ?? "", week_start, capacity: numberOf(capacity), tags: tagsOf(tags), ...policy,
      });
      go(programPath(made.id));
    },
  });
  const { at, rest } = useWrong("new-program", ["name", "timezone", "week_start", "capacity", "tags"], form.trouble);
  const days = WEEKDAYS.map((value) => ({ value, label: staffWords.programs.weekdays[value] }));
  return (
    <div class="stack narrow">
      <PageHead title={staffWords.programs.add} path={[{ href: "/programs", label: staffWords.programs.title }]} lead={staffWords.programs.addLead} />
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={rest} />
        <TextField {...at("name")} label={staffWords.programs.name} required value={form.values.name} onInput={(name) => form.set({ name })} />
        <ZoneField {...at("timezone")} label={staffWords.programs.zone} required value={form.values.timezone} onChange={(timezone) => form.set({ timezone })} />
        <SelectField
          {...at("week_start")} label={staffWords.programs.weekStart} help={staffWords.programs.weekStartHelp} required
          choices={days} value={form.values.week_start} onChoose={(week_start) => form.set({ week_start })}
        />
        <TextField
          {...at("capacity")} label={staffWords.programs.capacity} help={staffWords.programs.capacityHelp} inputMode="numeric"
          value={form.values.capacity} onInput={(capacity) => form.set({ capacity })}
        />
        <TextField {...at("tags")} label={staffWords.programs.tags} help={staffWords.programs.tagsHelp} value={form.values.tags} onInput={(tags) => form.set({ tags })} />
        <div class="row">
          <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.add}</Button>
          <a class="button" href="/programs">{staffWords.common.cancel}</a>
        </div>
      </form>
    </div>
  );
}
