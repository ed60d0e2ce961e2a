import { useId } from "preact/hooks";
import { Help } from "../forms/field.tsx";

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** The box over a list that is narrowed down as one types; what is typed goes nowhere else. */
export function SearchField({ label, help, value, onInput }: Props) {
  const id = useId();
  return (
    <search class="field">
      <label for={id}>{label}</label>
      <Help id={id} help={help} />
      <input
        id={id}
        type="search"
        class="input"
        autocomplete="off"
        spellcheck={false}
        {...(help !== undefined && { "aria-describedby": `${id}-help` })}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </search>
  );
}
