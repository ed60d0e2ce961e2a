import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { CircleAlert } from "../../icons.ts";
import { words } from "./words.ts";
import "./forms.css";

/** What every field has, whatever one types or chooses in it. */
export interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** What is wrong with the answer; shown, and read out with the field. */
  readonly error?: string | null | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Where a list of errors leads; made up when absent. */
  readonly id?: string | undefined;
}

/** The attributes that tie a control to its label, help and error. */
export interface Wiring {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
  readonly required: boolean;
  readonly disabled: boolean;
}

interface Props extends FieldProps {
  /** More text that belongs to the control, such as what it understood. */
  readonly echo?: ComponentChildren;
  readonly children: (wiring: Wiring) => ComponentChildren;
}

/** A control with its label above, its help and its error below. */
export function Field({ label, help, error = null, required = false, disabled = false, id, echo, children }: Props) {
  const made = useId();
  const control = id ?? made;
  const described = [help && `${control}-help`, echo !== undefined && `${control}-echo`, error && `${control}-error`];
  const wiring: Wiring = {
    id: control,
    "aria-describedby": described.filter(Boolean).join(" ") || undefined,
    "aria-invalid": Boolean(error),
    required,
    disabled,
  };
  return (
    <div class="field" data-wrong={Boolean(error)}>
      <label for={control}>
        {label}
        {!required && <span class="soft optional"> ({words.optional})</span>}
      </label>
      {help && (
        <p id={`${control}-help`} class="field-help">
          {help}
        </p>
      )}
      {children(wiring)}
      {echo !== undefined && (
        <p id={`${control}-echo`} class="field-echo" role="status">
          {echo}
        </p>
      )}
      <FieldError id={`${control}-error`} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { readonly id: string; readonly error: string | null | undefined }) {
  if (!error) return null;
  return (
    <p id={id} class="field-error">
      <CircleAlert aria-hidden="true" />
      {error}
    </p>
  );
}
