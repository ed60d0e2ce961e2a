import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Eye, EyeOff } from "../../icons.ts";
import { Field, type FieldProps } from "./field.tsx";

interface Props extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autocomplete: "current-password" | "new-password";
  readonly control?: RefObject<HTMLInputElement | null>;
}

/** A password that can be shown while typing. */
export function PasswordField({ value, onInput, autocomplete, control, ...field }: Props) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field {...field}>
      {(wiring) => (
        <div class="input-group">
          <input
            {...wiring}
            {...(control !== undefined && { ref: control })}
            class="input"
            {...(shown ? { type: "text" } : { type: "password" })}
            autocomplete={autocomplete}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <button type="button" class="button plain" disabled={wiring.disabled} onClick={() => setShown(!shown)}>
            <Icon aria-hidden="true" />
            {shown ? staffWords.parts.forms.hidePassword : staffWords.parts.forms.showPassword}
            <span class="unseen"> {staffWords.parts.forms.ofPassword}</span>
          </button>
        </div>
      )}
    </Field>
  );
}
