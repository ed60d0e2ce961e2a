/** A refusal at its field, also in a row of a list: `$.contacts[1].value` belongs to one control. */

import { useEffect } from "preact/hooks";
import type { Trouble } from "../../wire/form.ts";
import { RequestRefused } from "../../wire/request.ts";

const pathOf = (trouble: Trouble | null): string | null =>
  trouble !== null && trouble.error instanceof RequestRefused ? trouble.error.path : null;

/** The id of the control for that place in the request. */
export const idOf = (path: string): string => `at${path.replaceAll(/\W+/g, "-")}`;

/** The properties of the field for that place: its id, and the sentence if it was refused. */
export function at(trouble: Trouble | null, path: string): { readonly id: string; readonly error: string | null } {
  return { id: idOf(path), error: pathOf(trouble) === path ? (trouble?.sentence ?? null) : null };
}

/** The focus goes to the refused field. Returns the trouble that stands at no field, which the form shows itself. */
export function useRefused(trouble: Trouble | null): Trouble | null {
  const path = pathOf(trouble);
  const field = path === null ? null : idOf(path);
  useEffect(() => {
    const control = field === null ? null : document.getElementById(field);
    (control?.matches("fieldset") ? control.querySelector("input") : control)?.focus();
  }, [trouble]);
  return field === null || document.getElementById(field) === null ? trouble : null;
}
