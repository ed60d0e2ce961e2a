import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { announce } from "../announcer.tsx";
import { Field, type FieldProps } from "../forms/field.tsx";
import type { Reading } from "./parse/reading.ts";
import "../search/search.css";

export interface TypedProps<Value> extends FieldProps {
  readonly value: Value | null;
  /** Null while the field is empty or unreadable. */
  readonly onChange: (value: Value | null) => void;
}

interface Props<Value> extends TypedProps<Value> {
  readonly read: (typed: string) => Reading<Value>;
  /** The short form in the field, which `read` reads back. */
  readonly show: (value: Value) => string;
  /** The value as understood, while the text is not in the short form yet. */
  readonly spell: (value: Value) => string;
  readonly troubles: { readonly unclear: string; readonly impossible: string };
  /** The value a step away, for the arrow keys. */
  readonly step?: (value: Value, by: 1 | -1) => Value;
  /** What is wrong with a value that can be read. */
  readonly check?: (value: Value) => string | null;
  readonly inputMode?: "text" | "numeric";
  /** Beside the text, such as a calendar. */
  readonly aside?: ComponentChildren;
}

/** A text that represents a value: read while people type, rewritten in the standard form when they leave, never removed. */
export function TypedField<Value>(props: Props<Value>) {
  const { value, onChange, read, show, spell, troubles, step, check, inputMode = "text", aside, ...field } = props;
  const [text, setText] = useState(value === null ? "" : show(value));
  const [known, setKnown] = useState(value);
  const [left, setLeft] = useState(true);
  if (value !== known) {
    setKnown(value);
    setText(value === null ? "" : show(value));
  }
  const reading = read(text);
  const taken = (next: Value | null) => {
    setKnown(next);
    if (next !== value) onChange(next);
  };
  const type = (typed: string) => {
    setText(typed);
    setLeft(false);
    const now = read(typed);
    taken(now.is === "read" ? now.value : null);
  };
  const leave = () => {
    setLeft(true);
    if (reading.is === "read") setText(show(reading.value));
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : null;
    if (by === null || step === undefined || reading.is !== "read") return;
    event.preventDefault();
    const next = step(reading.value, by);
    setText(show(next));
    announce(spell(next));
    taken(next);
  };
  const trouble = left ? troubleWith(reading, troubles, check) : null;
  return (
    <Field {...field} error={field.error ?? trouble} echo={reading.is === "read" && text !== show(reading.value) ? spell(reading.value) : ""}>
      {(wiring) => (
        <div class="typed">
          <input
            {...wiring}
            class="input"
            type="text"
            autocomplete="off"
            spellcheck={false}
            inputMode={inputMode}
            value={text}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={press}
            onBlur={leave}
          />
          {aside}
        </div>
      )}
    </Field>
  );
}

function troubleWith<Value>(
  reading: Reading<Value>, troubles: Props<Value>["troubles"], check: ((value: Value) => string | null) | undefined,
): string | null {
  if (reading.is === "read") return check?.(reading.value) ?? null;
  return reading.is === "empty" ? null : troubles[reading.is];
}
