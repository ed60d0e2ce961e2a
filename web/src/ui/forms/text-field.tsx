import { Field, type FieldProps } from "./field.tsx";

interface Typed extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

interface TextProps extends Typed {
  readonly type?: "text" | "email" | "tel" | "url" | "search";
  readonly autocomplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal";
  readonly placeholder?: string;
  readonly maxLength?: number;
}

/** One line of text. */
export function TextField({ value, onInput, type = "text", autocomplete = "off", inputMode, placeholder, maxLength, ...field }: TextProps) {
  const given = {
    // Preact types each kind of input separately; these are all alike.
    type: type as "text",
    ...(inputMode !== undefined && { inputMode }),
    ...(placeholder !== undefined && { placeholder }),
    ...(maxLength !== undefined && { maxLength }),
  };
  return (
    <Field {...field}>
      {(wiring) => (
        <input
          {...wiring}
          {...given}
          class="input"
          autocomplete={autocomplete}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface LongProps extends Typed {
  /** Lines to begin with; it grows with the text. */
  readonly rows?: number;
}

/** Text of several lines: a plain box, in which people can paste, dictate and have their spelling checked. */
export function LongTextField({ value, onInput, rows = 4, ...field }: LongProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <textarea {...wiring} class="input long" rows={rows} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}
