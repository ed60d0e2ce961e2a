import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import type { Me } from "../../wire/api.gen.ts";
import { forgetForms } from "../../wire/form.ts";
import { isSignedOut, RequestRefused, sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import { watchActivity } from "./activity.ts";
import { accessApi } from "./api.ts";
import { followLock, locked, lockPage, locksSoon, unlockPage } from "./lock-state.ts";
import { ConfirmByProvider } from "../provider/confirm.tsx";
import { isSignInPage } from "../provider/way.ts";
import { currentPath } from "../router.ts";
import { askPasskey, canUsePasskeys, PasskeyNotUsed } from "./passkey.ts";
import "./lock.css";

/** Asks the service whether the sign-in is locked: another tab may have been in use. */
async function look(): Promise<Me | null> {
  const me = await api.me().catch(() => undefined);
  if (me === undefined) return null;
  if (me?.standing === "locked") lockPage();
  else unlockPage();
  return me;
}

const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);

/** Everything of the staff app. While the sign-in is locked it is hidden, but stays as it is: typed text, and the room. */
export function LockGate({ children }: { readonly children: ComponentChildren }) {
  useEffect(followLock, []);
  useEffect(() => {
    void look();
    return watchActivity({
      onActive: (secondsAgo) => {
        if (!locked.value) quietly(accessApi.beActive(secondsAgo));
      },
      onSoon: (soon) => (locksSoon.value = soon && !locked.value),
      onIdle: () => void look(),
    });
  }, []);
  const isLocked = locked.value && !isSignInPage(currentPath());
  return (
    <>
      <div class="lockable" hidden={isLocked}>
        {children}
      </div>
      {locksSoon.value && !isLocked && <p class="locks-soon" role="status">{staffWords.access.locksSoon}</p>}
      {isLocked && <LockScreen />}
    </>
  );
}

/** Over everything: a modal dialog, so that nothing behind it can be reached, not even an open dialog. */
function LockScreen() {
  const screen = useRef<HTMLDialogElement>(null);
  const [me, setMe] = useState<Me | null>(null);
  useEffect(() => {
    const [before, { title }] = [document.activeElement, document];
    document.title = staffWords.access.lockedTab;
    screen.current?.showModal();
    void look().then(setMe);
    const seen = () => document.visibilityState === "visible" && void look();
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.title = title;
      document.removeEventListener("visibilitychange", seen);
      // The page is shown again after this effect; only then can it take the focus back.
      setTimeout(() => before instanceof HTMLElement && before.focus(), 0);
    };
  }, []);
  return (
    <dialog ref={screen} class="lock-screen" aria-labelledby="locked" onCancel={(event) => event.preventDefault()}>
      <div class="stack">
        <h1 id="locked">{staffWords.access.locked}</h1>
        {me !== null && <p>{staffWords.access.lockedLead(me.name)}</p>}
        {location.pathname.startsWith("/session/") && <p class="soft">{staffWords.access.lockedRoom}</p>}
        <Unlock passkey={me?.second_factor === "present"} />
        <ConfirmByProvider onConfirmed={unlockPage} />
        <Button kind="plain" onPress={() => void signOut()}>
          {staffWords.access.notYou}
        </Button>
      </div>
    </dialog>
  );
}

async function signOut(): Promise<void> {
  await api.signOut().catch(() => null);
  forgetForms();
  location.assign("/");
}

const sign = async () => accessApi.confirm({ passkey: await askPasskey(await accessApi.passkeyQuestion()) });

function Unlock({ passkey }: { readonly passkey: boolean }) {
  const [password, setPassword] = useState("");
  const control = useRef<HTMLInputElement>(null);
  const { busy, trouble, confirm } = useConfirming(() => control.current?.select());
  useEffect(() => control.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    void confirm(() => accessApi.confirm({ password }));
  };
  return (
    <form class="stack" onSubmit={submit}>
      {trouble !== null && !trouble.atField && <Banner tone="bad">{trouble.sentence}</Banner>}
      <PasswordField
        label={staffWords.access.password}
        autocomplete="current-password"
        required
        control={control}
        error={trouble?.atField ? trouble.sentence : null}
        value={password}
        onInput={setPassword}
      />
      <Button type="submit" kind="main" wide busy={busy} busyWords={staffWords.access.checking}>
        {staffWords.access.unlock}
      </Button>
      {passkey && canUsePasskeys() && (
        <Button wide busy={busy} onPress={() => void confirm(sign)}>
          {staffWords.access.usePasskey}
        </Button>
      )}
    </form>
  );
}

function useConfirming(onRefused: () => void) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly sentence: string; readonly atField: boolean } | null>(null);
  const confirm = async (prove: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      await prove();
      unlockPage();
    } catch (error) {
      if (isSignedOut(error)) location.reload();
      const atField = error instanceof RequestRefused && error.code === "wrong_credentials";
      setTrouble({ sentence: atField ? staffWords.access.wrongPassword : saidOf(error), atField });
      onRefused();
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, confirm };
}

const saidOf = (error: unknown): string => (error instanceof PasskeyNotUsed ? error.message : sentenceOf(error));
