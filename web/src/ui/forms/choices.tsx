import { staffWords } from "../../messages/words.ts";
import { Field, FieldError, type FieldProps, Help, Label, useWiring } from "./field.tsx";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly help?: string;
  readonly disabled?: boolean;
}

interface OneOf<Value extends string> extends FieldProps {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChoose: (value: Value) => void;
}

/** One of up to about fifteen, in the browser's own list, which every phone and screen reader supports. */
export function SelectField<Value extends string>({ choices, value, onChoose, ...field }: OneOf<Value>) {
  const choose = (chosen: string) => {
    const found = choices.find((each) => each.value === chosen);
    if (found !== undefined) onChoose(found.value);
  };
  return (
    <Field {...field}>
      {(wiring) => (
        <select {...wiring} class="select" value={value ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
          {value === null && <option value="">{staffWords.parts.forms.choose}</option>}
          {choices.map((each) => (
            <option key={each.value} value={each.value} disabled={each.disabled ?? false}>
              {each.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of a few that are worth comparing; all are visible. */
export function RadioField<Value extends string>({ choices, value, onChoose, ...field }: OneOf<Value>) {
  const wiring = useWiring(field);
  const { id } = wiring;
  return (
    <fieldset
      id={id}
      class="field"
      aria-describedby={wiring["aria-describedby"]}
      data-wrong={wiring["aria-invalid"]}
      disabled={wiring.disabled}
    >
      <legend>
        <Label field={field} />
      </legend>
      <Help id={id} help={field.help} />
      {choices.map((each) => (
        <label key={each.value} class="check">
          <input
            type="radio"
            name={id}
            required={wiring.required}
            disabled={each.disabled ?? false}
            checked={each.value === value}
            onChange={() => onChoose(each.value)}
          />
          <span>
            {each.label}
            {each.help !== undefined && <span class="small soft block">{each.help}</span>}
          </span>
        </label>
      ))}
      <FieldError id={id} error={field.error} />
    </fieldset>
  );
}

interface CheckProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no, decided when the form is sent. */
export function CheckField({ checked, onChange, ...field }: CheckProps) {
  const wiring = useWiring(field);
  const { id } = wiring;
  return (
    <div class="field" data-wrong={wiring["aria-invalid"]}>
      <label class="check" for={id}>
        <input {...wiring} type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>{field.label}</span>
      </label>
      <Help id={id} help={field.help} />
      <FieldError id={id} error={field.error} />
    </div>
  );
}
