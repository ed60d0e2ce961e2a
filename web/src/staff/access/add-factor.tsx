import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { OneTimeCodeOffer, SecondFactors } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";
import { accessApi } from "./api.ts";
import { makePasskey, PasskeyNotUsed } from "./passkey.ts";

interface Props {
  /** Does it after a fresh confirmation. */
  readonly confirmed: <T>(act: () => Promise<T>) => Promise<T>;
  readonly onAdded: (factors: SecondFactors) => void;
  readonly onGivenUp: () => void;
}

/** Adds an authenticator app: a picture for its camera, the key as text, and its first code. */
export function AddApp({ confirmed, onAdded, onGivenUp }: Props) {
  const [offer, setOffer] = useState<OneTimeCodeOffer | null>(null);
  useEffect(() => {
    confirmed(accessApi.offerApp).then(setOffer, onGivenUp);
  }, []);
  if (offer === null) return <Wait>{staffWords.access.fetching}</Wait>;
  return <FirstCode offer={offer} onAdded={onAdded} onGivenUp={onGivenUp} />;
}

type CodeProps = Omit<Props, "confirmed"> & { readonly offer: OneTimeCodeOffer };

function FirstCode({ offer, onAdded, onGivenUp }: CodeProps) {
  const form = useForm({
    name: "add-app",
    blank: { name: staffWords.access.appName, code: "" },
    unkept: ["name", "code"],
    send: async ({ name, code }) => onAdded(await accessApi.addApp({ name, secret: offer.secret, code: code.replaceAll(" ", "") })),
  });
  const at = (field: string) => (form.trouble?.field === field ? form.trouble.sentence : null);
  return (
    <form class="card stack" onSubmit={form.submit}>
      <h3>{staffWords.access.addApp}</h3>
      {at("code") === null && at("name") === null && <FormTrouble trouble={form.trouble} />}
      <p>{staffWords.access.appStep1}</p>
      <img class="qr" src={offer.picture} alt={staffWords.access.appPicture} />
      <p class="small">{staffWords.access.appNoCamera}</p>
      <p class="secret">{offer.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
      <p>{staffWords.access.appStep2}</p>
      <TextField
        label={staffWords.access.code}
        error={at("code")}
        autocomplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        required
        value={form.values.code}
        onInput={(code) => form.set({ code })}
      />
      <NameField error={at("name")} value={form.values.name} onInput={(name) => form.set({ name })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy} busyWords={staffWords.access.checking}>
          {staffWords.access.appAdd}
        </Button>
        <Button onPress={onGivenUp}>{staffWords.common.cancel}</Button>
      </div>
    </form>
  );
}

/** Makes a passkey on this device or on a key. */
export function AddPasskey({ confirmed, onAdded, onGivenUp }: Props) {
  const [name, setName] = useState<string>(staffWords.access.passkeyName);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const make = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      const passkey = await makePasskey(await confirmed(accessApi.offerPasskey));
      onAdded(await accessApi.addPasskey({ name, passkey }));
    } catch (error) {
      setTrouble(error instanceof PasskeyNotUsed ? error.message : sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card stack" onSubmit={make}>
      <h3>{staffWords.access.addPasskey}</h3>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <p>{staffWords.access.passkeyAddLead}</p>
      <NameField value={name} onInput={setName} />
      <div class="row">
        <Button type="submit" kind="main" busy={busy} busyWords={staffWords.access.checking}>
          {staffWords.access.passkeyAdd}
        </Button>
        <Button onPress={onGivenUp}>{staffWords.common.cancel}</Button>
      </div>
    </form>
  );
}

interface NameProps {
  readonly value: string;
  readonly error?: string | null;
  readonly onInput: (name: string) => void;
}

export function NameField(props: NameProps) {
  return <TextField label={staffWords.access.factorName} help={staffWords.access.factorNameHelp} maxLength={60} required {...props} />;
}
