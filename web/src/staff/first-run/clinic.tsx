import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { ClinicForm } from "../clinic/clinic-form.tsx";
import { calls } from "./calls.ts";
import type { StepProps } from "./steps.ts";

export function ClinicStep({ onDone }: StepProps) {
  const [loaded, again] = useLoaded("clinic", calls.clinic);
  if (loaded.is === "loading") return <Wait>{staffWords.pages.opening}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return <ClinicForm clinic={loaded.value} save={staffWords.firstRun.save} onSaved={onDone} />;
}
