import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { RequestRefused } from "../../wire/request.ts";
import { api } from "../api.ts";
import { ConfirmByProvider } from "../provider/confirm.tsx";
import { accessApi } from "./api.ts";
import { FactorForm } from "./factor-form.tsx";

interface Waiting {
  readonly goOn: () => void;
  readonly giveUp: () => void;
}

/** The person closed the question; what they asked for was not done. */
export class NotConfirmed extends Error {}

/**
 * For acts that want a fresh confirmation: `confirmed(act)` does it, and if the service first wants to know who this is,
 * asks in a dialog and does it again. Show `question` on the page.
 */
export function useConfirmation() {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const confirmed = async <T,>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RequestRefused) || error.code !== "confirmation_wanted") throw error;
    }
    await new Promise<void>((goOn, reject) => setWaiting({ goOn, giveUp: () => reject(new NotConfirmed()) }));
    return act();
  };
  const close = (then: () => void) => {
    setWaiting(null);
    then();
  };
  const question = waiting !== null && (
    <Dialog title={staffWords.access.confirmTitle} onClose={() => close(waiting.giveUp)}>
      <p>{staffWords.access.confirmLead}</p>
      <Confirm onConfirmed={() => close(waiting.goOn)} />
      <ConfirmByProvider onConfirmed={() => close(waiting.goOn)} />
    </Dialog>
  );
  return { confirmed, question };
}

/** Asks for the second factor of those who have one, and for the password of the others. */
function Confirm({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const [me] = useLoaded("confirm-me", api.me);
  const [factors] = useLoaded("confirm-factors", accessApi.factors);
  if (me.is !== "there" || factors.is !== "there") return <Wait>{staffWords.access.fetching}</Wait>;
  const kinds = new Set(factors.value.factors.map(({ kind }) => kind));
  if (kinds.size === 0) return <Password onConfirmed={onConfirmed} />;
  return (
    <FactorForm
      code={kinds.has("one_time_code")}
      recovery={factors.value.recovery_codes > 0}
      passkey={kinds.has("passkey") ? accessApi.passkeyQuestion : undefined}
      verb={staffWords.access.confirm}
      onAnswer={async (answer) => {
        await accessApi.confirm(answer);
        onConfirmed();
      }}
    />
  );
}

function Password({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const form = useForm({
    name: "confirm",
    blank: { password: "" },
    unkept: ["password"],
    send: async ({ password }) => {
      await accessApi.confirm({ password });
      onConfirmed();
    },
  });
  return (
    <form class="stack" onSubmit={form.submit}>
      <FormTrouble trouble={form.trouble} />
      <PasswordField
        label={staffWords.access.password}
        autocomplete="current-password"
        required
        value={form.values.password}
        onInput={(password) => form.set({ password })}
      />
      <Button type="submit" kind="main" wide busy={form.busy} busyWords={staffWords.access.checking}>
        {staffWords.access.confirm}
      </Button>
    </form>
  );
}
