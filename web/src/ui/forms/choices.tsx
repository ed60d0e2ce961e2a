import { useId } from "preact/hooks";
import { Field, FieldError, type FieldProps } from "./field.tsx";
import { words } from "./words.ts";

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

/** One of up to about fifteen: the browser's own list, which every phone and screen reader knows. */
export function SelectField<Value extends string>({ choices, value, onChoose, ...field }: OneOf<Value>) {
  const choose = (chosen: string) => {
    const found = choices.find((each) => each.value === chosen);
    if (found !== undefined) onChoose(found.value);
  };
  return (
    <Field {...field}>
      {(wiring) => (
        <select {...wiring} class="select" value={value ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
          {value === null && <option value="">{words.choose}</option>}
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

/** One of a few that are worth comparing: all are seen. */
export function RadioField<Value extends string>(props: OneOf<Value>) {
  const { label, help, error, required = false, disabled = false, id, choices, value, onChoose } = props;
  const made = useId();
  const group = id ?? made;
  const described = [help && `${group}-help`, error && `${group}-error`].filter(Boolean).join(" ");
  return (
    <fieldset class="field" id={group} aria-describedby={described || undefined} data-wrong={Boolean(error)} disabled={disabled}>
      <legend>
        {label}
        {!required && <span class="soft optional"> ({words.optional})</span>}
      </legend>
      {help && (
        <p id={`${group}-help`} class="field-help">
          {help}
        </p>
      )}
      {choices.map((each) => (
        <label key={each.value} class="check">
          <input
            type="radio"
            name={group}
            required={required}
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
      <FieldError id={`${group}-error`} error={error} />
    </fieldset>
  );
}

interface CheckProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no, decided when the form is sent. */
export function CheckField({ label, help, error, required = false, disabled = false, id, checked, onChange }: CheckProps) {
  const made = useId();
  const control = id ?? made;
  const described = [help && `${control}-help`, error && `${control}-error`].filter(Boolean).join(" ");
  return (
    <div class="field" data-wrong={Boolean(error)}>
      <label class="check" for={control}>
        <input
          id={control}
          type="checkbox"
          required={required}
          disabled={disabled}
          checked={checked}
          aria-describedby={described || undefined}
          aria-invalid={Boolean(error)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>
          {label}
          {help && (
            <span id={`${control}-help`} class="small soft block">
              {help}
            </span>
          )}
        </span>
      </label>
      <FieldError id={`${control}-error`} error={error} />
    </div>
  );
}
