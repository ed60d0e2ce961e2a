import { staffWords } from "../../messages/words.ts";
import { useState } from "preact/hooks";
import { Button } from "../../ui/forms/button.tsx";
import { Factors } from "../access/factors.tsx";
import type { StepProps } from "./steps.ts";

/** A second step at sign-in, now or later: nothing before the office asks for it. */
export function SecondStepStep({ left, onDone }: StepProps) {
  const [has, setHas] = useState(left.second_factor);
  return (
    <div class="stack">
      <Factors onChanged={({ factors }) => setHas(factors.length > 0)} />
      {has && (
        <div>
          <Button kind="main" onPress={onDone}>
            {staffWords.firstRun.goOn}
          </Button>
        </div>
      )}
    </div>
  );
}
