import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import { useForm } from "../../wire/form.ts";
import { calls as programCalls } from "../programs/calls.ts";
import { calls } from "./calls.ts";
import type { StepProps } from "./steps.ts";

const PLACES = ["first", "second", "third"] as const;
type Place = (typeof PLACES)[number];

/** Adds clients one after the other. Whoever is in stays in if a later one is refused, and their field is emptied. */
function useAdmission(program: string, onAdded: (name: string) => void) {
  return async (name: string) => {
    const [phase] = await programCalls.phases(program);
    const { timezone } = await programCalls.program(program);
    const client = await calls.addClient(name);
    if (phase !== undefined) await calls.enrol({ program, client: client.id, phase: phase.id, starts_on: dayIn(nowAt(), timezone) });
    onAdded(name);
  };
}

/** The first clients of the first program, by their names; the rest of their records comes later. */
export function ClientsStep({ left, onDone }: StepProps) {
  if (left.program === null) return <Banner tone="warn">{staffWords.firstRun.programFirst}</Banner>;
  return <Names program={left.program} before={left.clients} onDone={onDone} />;
}

interface NamesProps {
  readonly program: string;
  readonly before: number;
  readonly onDone: () => void;
}

function Names({ program, before, onDone }: NamesProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<Place | null>(null);
  const admit = useAdmission(program, (name) => setAdded((so_far) => [...so_far, name]));
  const form = useForm<Record<Place, string>>({
    name: "first-clients",
    blank: { first: "", second: "", third: "" },
    unkept: PLACES,
    send: async (values) => {
      for (const place of PLACES) {
        if (values[place].trim() === "") continue;
        setWrong(place);
        await admit(values[place]);
        form.set({ [place]: "" });
      }
      setWrong(null);
      onDone();
    },
  });
  const sentence = form.trouble?.field === "name" ? form.trouble.sentence : null;
  useEffect(() => {
    if (sentence !== null) document.getElementById(`client-${wrong ?? ""}`)?.focus();
  }, [form.trouble]);
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={sentence === null ? form.trouble : null} />
      {before + added.length > 0 && <Banner tone="good">{staffWords.firstRun.clientsThere(before + added.length)}</Banner>}
      {PLACES.map((place, number) => (
        <TextField
          key={place} id={`client-${place}`} label={staffWords.firstRun.clientName(number + 1)} value={form.values[place]} error={wrong === place ? sentence : null}
          onInput={(name) => form.set({ [place]: name })}
        />
      ))}
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.firstRun.save}</Button>
      </div>
    </form>
  );
}
