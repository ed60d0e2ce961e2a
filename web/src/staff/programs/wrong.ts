/** The wrong field of a form: its sentence stands at it, and it gets the keyboard. */

import { useEffect } from "preact/hooks";
import { RequestRefused } from "../../wire/request.ts";
import type { Trouble } from "../../wire/form.ts";

/** `$.required.kinds[0]` is about `kinds`. */
export function wrongField(trouble: Trouble | null): string | null {
  const path = trouble?.error instanceof RequestRefused ? trouble.error.path : null;
  return path?.match(/\.(\w+)(?:\[\d+\])*$/)?.[1] ?? null;
}

/** The `id` and the error of each field; what belongs to none of `fields` is `rest`, for the form's own banner. */
export function useWrong<Name extends string>(form: string, fields: readonly Name[], trouble: Trouble | null) {
  const wrong = fields.find((name) => name === wrongField(trouble)) ?? null;
  useEffect(() => {
    const control = wrong === null ? null : document.getElementById(`${form}-${wrong}`);
    const first = control?.matches("fieldset") ? control.querySelector("input") : control;
    first?.focus();
  }, [trouble, wrong]);
  const at = (name: Name) => ({ id: `${form}-${name}`, error: name === wrong ? trouble?.sentence : null });
  return { at, rest: wrong === null ? trouble : null };
}
