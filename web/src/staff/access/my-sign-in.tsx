import { useState } from "preact/hooks";
import { clock, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import type { OwnSignIn } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { providerApi } from "../provider/api.ts";
import { OwnAccount } from "../provider/own.tsx";
import { useOffice } from "../office/signed-in.ts";
import { accessApi } from "./api.ts";
import { ChangeEmail } from "./change-email.tsx";
import { Factors } from "./factors.tsx";

/** How one signs in, and where one is signed in. */
export function MySignIn() {
  const { me } = useOffice();
  const [own, again] = useLoaded("own-provider", providerApi.own);
  return (
    <div class="stack medium">
      <PageHead title={staffWords.office.sections.me} lead={staffWords.access.lead} />
      <section class="stack" aria-labelledby="factors">
        <h2 id="factors">{staffWords.access.factors}</h2>
        <p class="soft">{staffWords.access.factorsLead}</p>
        {me.second_factor === "missing" && <p>{staffWords.access.factorsAsked}</p>}
        <Factors onChanged={() => undefined} />
      </section>
      {own.is === "there" && <OwnAccount own={own.value} onChanged={again} />}
      {own.is === "there" && own.value.has_password && <ChangePassword />}
      <ChangeEmail />
      <SignIns />
    </div>
  );
}

function ChangePassword() {
  const form = useForm({
    name: "change-password",
    blank: { current: "", password: "" },
    unkept: ["current", "password"],
    send: async (body) => {
      await accessApi.changePassword(body);
      toast(staffWords.access.passwordChanged);
    },
  });
  const wrong = form.trouble?.field === "password" ? form.trouble.sentence : null;
  return (
    <section class="stack" aria-labelledby="password">
      <h2 id="password">{staffWords.access.password}</h2>
      <form class="card stack" onSubmit={form.submit}>
        {wrong === null && <FormTrouble trouble={form.trouble} />}
        <PasswordField
          label={staffWords.access.currentPassword}
          autocomplete="current-password"
          required
          value={form.values.current}
          onInput={(current) => form.set({ current })}
        />
        <PasswordField
          label={staffWords.access.newPassword}
          help={staffWords.access.newPasswordHelp}
          error={wrong}
          autocomplete="new-password"
          required
          value={form.values.password}
          onInput={(password) => form.set({ password })}
        />
        <div>
          <Button type="submit" busy={form.busy} busyWords={staffWords.access.checking}>
            {staffWords.access.changePassword}
          </Button>
        </div>
      </form>
    </section>
  );
}

function SignIns() {
  const [loaded, again] = useLoaded("sign-ins", accessApi.signIns, { whenSeen: true });
  const [asking, setAsking] = useState(false);
  const several = loaded.is === "there" && loaded.value.length > 1;
  const endOthers = async () => {
    await accessApi.endOthers();
    setAsking(false);
    toast(staffWords.access.othersEnded);
    again();
  };
  return (
    <section class="stack" aria-labelledby="sign-ins">
      <h2 id="sign-ins">{staffWords.access.signIns}</h2>
      <Listed loaded={loaded} again={again} waiting={staffWords.access.fetching} empty={staffWords.access.noSignIns}>
        {(signIns) => (
          <ul class="stack-tight">
            {signIns.map((one) => (
              <SignIn key={one.id} one={one} onEnded={again} />
            ))}
          </ul>
        )}
      </Listed>
      {several && (
        <div>
          <Button onPress={() => setAsking(true)}>{staffWords.access.endOthers}</Button>
        </div>
      )}
      {asking && (
        <Question
          title={staffWords.access.endOthersAsk}
          yes={staffWords.access.endOthers}
          grave
          consequences={[staffWords.access.endOthersMeans]}
          onYes={endOthers}
          onNo={() => setAsking(false)}
          sentenceOf={sentenceOf}
        />
      )}
    </section>
  );
}

const when = (instant: string) => `${day(Date.parse(instant))}, ${clock(instant)}`;

function SignIn({ one, onEnded }: { readonly one: OwnSignIn; readonly onEnded: () => void }) {
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await accessApi.endSignIn(one.id);
      toast(staffWords.access.ended);
      onEnded();
    } catch (error) {
      toast(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const name = one.browser || staffWords.access.unknownBrowser;
  return (
    <li class="card row between">
      <div>
        <strong>{name}</strong> {one.this && <span class="badge">{staffWords.access.thisOne}</span>}
        <p class="small soft">{[staffWords.access.begun(when(one.begun)), staffWords.access.used(when(one.used))].join(" · ")}</p>
      </div>
      {!one.this && (
        <Button busy={busy} onPress={() => void end()}>
          {staffWords.access.end}
          <span class="unseen"> {name}</span>
        </Button>
      )}
    </li>
  );
}
