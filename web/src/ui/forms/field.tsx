import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { CircleAlert } from "../../icons.ts";
import "./forms.css";

/** The properties that every kind of field has. */
export interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** The error of the answer; shown, and read out with the field. */
  readonly error?: string | null | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** The id to which a list of errors leads; generated if absent. */
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
  /** The value as understood so far, instead of the help; changes are read out. */
  readonly echo?: string;
  readonly children: (wiring: Wiring) => ComponentChildren;
}

/** The `id` of a control, and of what describes it. */
export function useWiring({ id, help, error, required = false, disabled = false }: FieldProps, echo = ""): Wiring {
  const made = useId();
  const control = id ?? made;
  const described = [echo ? `${control}-echo` : help && `${control}-help`, error && `${control}-error`];
  return {
    id: control,
    "aria-describedby": described.filter(Boolean).join(" ") || undefined,
    "aria-invalid": Boolean(error),
    required,
    disabled,
  };
}

/** A control with its label and its help above, its error below. */
export function Field({ echo, children, ...field }: Props) {
  const wiring = useWiring(field, echo);
  const { id } = wiring;
  return (
    <div class="field" data-wrong={wiring["aria-invalid"]}>
      <label for={id}>
        <Label field={field} />
      </label>
      {!echo && <Help id={id} help={field.help} />}
      {echo !== undefined && (
        <p id={`${id}-echo`} class="field-echo" role="status">
          {echo}
        </p>
      )}
      {children(wiring)}
      <FieldError id={id} error={field.error} />
    </div>
  );
}

/** The label's text, which marks an optional field. */
export function Label({ field }: { readonly field: FieldProps }) {
  return (
    <>
      {field.label}
      {!field.required && <span class="soft optional"> ({staffWords.parts.forms.optional})</span>}
    </>
  );
}

export function Help({ id, help }: { readonly id: string; readonly help: string | undefined }) {
  if (!help) return null;
  return (
    <p id={`${id}-help`} class="field-help">
      {help}
    </p>
  );
}

export function FieldError({ id, error }: { readonly id: string; readonly error: string | null | undefined }) {
  if (!error) return null;
  return (
    <p id={`${id}-error`} class="field-error">
      <CircleAlert aria-hidden="true" />
      {error}
    </p>
  );
}
