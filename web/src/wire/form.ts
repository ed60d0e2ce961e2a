/** Forms that keep what was typed through refusals, a lost sign-in and a reload, until it is accepted or given up. */

import { useRef, useState } from "preact/hooks";
import { forgetAll, kept } from "../storage.ts";
import { RequestRefused, sentenceOf } from "./request.ts";

export interface Trouble {
  readonly error: unknown;
  readonly sentence: string;
  /** The wrong field; null if the service names none. */
  readonly field: string | null;
}

export interface Form<Values> {
  readonly values: Values;
  readonly busy: boolean;
  /** Why it was refused; null before the first try and during the next. */
  readonly trouble: Trouble | null;
  readonly set: (changed: Partial<Values>) => void;
  readonly submit: (event?: Event) => Promise<void>;
  /** Give up what was typed. */
  readonly clear: () => void;
}

interface FormOptions<Values> {
  /** The form and its record: text typed in one is not shown in another. */
  readonly name: string;
  readonly blank: Values;
  /** Fields that are kept only on the screen: passwords, secrets, and words about people. */
  readonly unkept?: ReadonlyArray<keyof Values>;
  readonly send: (values: Values) => Promise<unknown>;
  readonly onRefused?: (error: unknown) => void;
}

const FORMS = "vesper.form.";
const owner = kept<string>(() => sessionStorage, "vesper.form-owner");

export function useForm<Values extends object>(options: FormOptions<Values>): Form<Values> {
  const { name, blank, unkept = [], send, onRefused } = options;
  const store = kept<Partial<Values>>(() => sessionStorage, FORMS + name);
  const [values, setValues] = useState<Values>(() => ({ ...blank, ...store.read() }));
  /** Two fields may change before the page is drawn again. */
  const typed = useRef(values);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const sending = useRef(false);

  const set = (changed: Partial<Values>) => {
    typed.current = { ...typed.current, ...changed };
    setValues(typed.current);
    store.keep(without(typed.current, unkept));
  };
  const clear = () => {
    typed.current = blank;
    setValues(blank);
    setTrouble(null);
    store.forget();
  };
  const submit = async (event?: Event) => {
    event?.preventDefault();
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await send(typed.current);
      clear();
    } catch (error) {
      setTrouble({ error, sentence: sentenceOf(error), field: fieldOf(error) });
      onRefused?.(error);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  return { values, busy, trouble, set, submit, clear };
}

/** Make this person the writer of the tab's forms, and forget what another person typed. */
export function formsBelongTo(person: string): void {
  if (owner.read() !== person) forgetForms();
  owner.keep(person);
}

/** Forget all forms, as when a person signs out. */
export function forgetForms(): void {
  forgetAll(() => sessionStorage, FORMS);
}

function without<Values extends object>(values: Values, unkept: ReadonlyArray<keyof Values>): Partial<Values> {
  const some: Partial<Values> = { ...values };
  for (const field of unkept) delete some[field];
  return some;
}

/** `$.email` is `email`. */
function fieldOf(error: unknown): string | null {
  const path = error instanceof RequestRefused ? error.path : null;
  return path === null ? null : (/^\$\.(\w+)/.exec(path)?.[1] ?? null);
}
