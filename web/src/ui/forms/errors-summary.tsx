import { useEffect, useRef } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { CircleAlert } from "../../icons.ts";
import "./forms.css";

export interface FormError {
  /** The `id` of its field. */
  readonly field: string;
  readonly sentence: string;
}

function lead(event: Event, field: string): void {
  event.preventDefault();
  const control = document.getElementById(field);
  const first = control?.matches("fieldset") ? control.querySelector("input") : control;
  first?.focus();
}

/** The errors of a form after it was sent. It takes the focus, and each sentence leads to its field. */
export function ErrorsSummary({ errors }: { readonly errors: readonly FormError[] }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) summary.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={summary} class="banner bad" role="alert" tabIndex={-1}>
      <CircleAlert aria-hidden="true" />
      <div class="stack-tight">
        <strong>{staffWords.parts.forms.pleaseCorrect(errors.length)}</strong>
        <ul class="error-links">
          {errors.map(({ field, sentence }) => (
            <li key={field}>
              <a href={`#${field}`} onClick={(event) => lead(event, field)}>
                {sentence}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
