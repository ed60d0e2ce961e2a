interface Props<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}

/** Any of a few, all visible. */
export function Several<Value extends string>({ label, choices, chosen, onChange }: Props<Value>) {
  const turn = (value: Value, on: boolean) => onChange(choices.map((each) => each.value).filter((each) => (each === value ? on : chosen.includes(each))));
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      {choices.map(({ value, label: said }) => (
        <label key={value} class="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => turn(value, event.currentTarget.checked)} />
          <span>{said}</span>
        </label>
      ))}
    </fieldset>
  );
}
