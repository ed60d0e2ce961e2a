import { useEffect, useRef } from "preact/hooks";
import { words } from "../../messages/words.ts";
import "../../ui/forms/forms.css";

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly trouble: string | null;
  readonly kind: "code" | "email";
  readonly first?: boolean;
}

/** A field that takes the keyboard when it is the first, and when its value was refused. */
export function Field({ id, label, help, value, onInput, trouble, kind, first = false }: FieldProps) {
  const control = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) control.current?.focus();
  }, []);
  useEffect(() => {
    if (trouble !== null) control.current?.select();
  }, [trouble]);
  const typed = kind === "code" ? ({ inputMode: "numeric", autocomplete: "one-time-code", maxLength: 11 } as const) : ({ type: "email", autocomplete: "email" } as const);
  return (
    <div class="field" data-wrong={trouble !== null}>
      <label for={id}>{label}</label>
      <p id={`${id}-help`} class="field-help">
        {help}
      </p>
      <input
        {...typed}
        ref={control}
        id={id}
        class={`input ${kind}`}
        required
        aria-describedby={[`${id}-help`, trouble !== null && `${id}-error`].filter(Boolean).join(" ")}
        aria-invalid={trouble !== null}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {trouble !== null && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

interface CodeProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly trouble: string | null;
}

export function CodeField(props: CodeProps) {
  return <Field {...props} id="code" kind="code" first label={words.hours.code} help={words.hours.codeHelp} />;
}
