import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { Form } from "../../wire/form.ts";
import { useRefused } from "../clients/refused.ts";

interface Props {
  readonly title: string;
  readonly titleId: string;
  readonly yes: string;
  readonly form: Pick<Form<object>, "trouble" | "busy" | "submit" | "clear">;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form about a guest, with its buttons. The focus goes to its first field; a refused field takes it later. */
export function GuestForm({ title, titleId, yes, form, onClose, children }: Props) {
  const shown = useRef<HTMLFormElement>(null);
  const elsewhere = useRefused(form.trouble);
  useEffect(() => shown.current?.querySelector<HTMLElement>(":is(input,select)")?.focus(), []);
  const close = () => {
    form.clear();
    onClose();
  };
  return (
    <form ref={shown} class="stack guest-form" noValidate aria-labelledby={titleId} onSubmit={form.submit}>
      <h2 id={titleId}>{title}</h2>
      {children}
      <FormTrouble trouble={elsewhere} />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy}>{yes}</Button>
        <Button onPress={close}>{staffWords.common.cancel}</Button>
      </div>
    </form>
  );
}
