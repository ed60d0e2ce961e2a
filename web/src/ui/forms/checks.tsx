import type { Choice } from "./choices.tsx";
import { FieldError, type FieldProps, Help, Label, useWiring } from "./field.tsx";

interface SomeOf<Value extends string> extends FieldProps {
  readonly choices: readonly Choice<Value>[];
  readonly values: readonly Value[];
  readonly onChoose: (values: readonly Value[]) => void;
}

/** Any of a few that are worth comparing; all are visible. */
export function ChecksField<Value extends string>({ choices, values, onChoose, ...field }: SomeOf<Value>) {
  const wiring = useWiring(field);
  const { id } = wiring;
  const turn = (value: Value, on: boolean) =>
    onChoose(choices.map((each) => each.value).filter((each) => (each === value ? on : values.includes(each))));
  return (
    <fieldset id={id} class="field" aria-describedby={wiring["aria-describedby"]} data-wrong={wiring["aria-invalid"]} disabled={wiring.disabled}>
      <legend>
        <Label field={field} />
      </legend>
      <Help id={id} help={field.help} />
      {choices.map((each) => (
        <label key={each.value} class="check">
          <input
            type="checkbox"
            disabled={each.disabled ?? false}
            checked={values.includes(each.value)}
            onChange={(event) => turn(each.value, event.currentTarget.checked)}
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
