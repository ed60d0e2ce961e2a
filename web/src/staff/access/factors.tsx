import { useState } from "preact/hooks";
import { day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { SecondFactor, SecondFactors } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { AddApp, AddPasskey, NameField } from "./add-factor.tsx";
import { accessApi } from "./api.ts";
import { NotConfirmed, useConfirmation } from "./confirm.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import "./access.css";

type Asking =
  | { readonly what: "app" | "passkey" | "codes" }
  | { readonly what: "remove" | "rename"; readonly factor: SecondFactor };

interface Props {
  /** After something has changed, and new recovery codes were kept. */
  readonly onChanged: (factors: SecondFactors) => void;
}

/** One's own second factors and recovery codes. */
export function Factors({ onChanged }: Props) {
  const [loaded, again] = useLoaded("factors", accessApi.factors);
  if (loaded.is === "loading") return <Wait>{staffWords.access.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return <Own loaded={loaded.value} onChanged={onChanged} />;
}

function Own({ loaded, onChanged }: Props & { readonly loaded: SecondFactors }) {
  const [own, setOwn] = useState(loaded);
  const [asking, setAsking] = useState<Asking | null>(null);
  const take = (now: SecondFactors) => {
    setOwn(now);
    setAsking(null);
    if (now.codes === null) onChanged(now);
  };
  if (own.codes !== null) return <RecoveryCodes codes={own.codes} onKept={() => take({ ...own, codes: null })} />;
  return (
    <div class="stack">
      {own.factors.length === 0 ? (
        <p>{staffWords.access.factorsNone}</p>
      ) : (
        <>
          <List own={own} onAct={(what, factor) => setAsking({ what, factor })} />
          <Left count={own.recovery_codes} onNew={() => setAsking({ what: "codes" })} />
        </>
      )}
      {asking === null ? (
        <Adding onApp={() => setAsking({ what: "app" })} onPasskey={() => setAsking({ what: "passkey" })} />
      ) : (
        <Doing asking={asking} own={own} onDone={take} onGivenUp={() => setAsking(null)} />
      )}
    </div>
  );
}

interface DoingProps {
  readonly asking: Asking;
  readonly own: SecondFactors;
  readonly onDone: (now: SecondFactors) => void;
  readonly onGivenUp: () => void;
}

/** What is being added, removed or renewed; each of these wants a fresh confirmation. */
function Doing({ asking, own, onDone, onGivenUp }: DoingProps) {
  const { confirmed, question } = useConfirmation();
  const act = async (change: () => Promise<SecondFactors>) => onDone(await confirmed(change));
  return (
    <>
      {asking.what === "app" && <AddApp confirmed={confirmed} onAdded={onDone} onGivenUp={onGivenUp} />}
      {asking.what === "passkey" && <AddPasskey confirmed={confirmed} onAdded={onDone} onGivenUp={onGivenUp} />}
      {asking.what === "codes" && (
        <Asked
          title={staffWords.access.recoveryNewAsk}
          yes={staffWords.access.recoveryNew}
          means={staffWords.access.recoveryNewMeans}
          act={() => act(accessApi.newRecoveryCodes)}
          onNo={onGivenUp}
        />
      )}
      {asking.what === "rename" && <Rename factor={asking.factor} onDone={onDone} onGivenUp={onGivenUp} />}
      {asking.what === "remove" && (
        <Asked
          title={staffWords.access.removeAsk(asking.factor.name)}
          yes={staffWords.access.remove}
          means={own.factors.length === 1 ? staffWords.access.removeLastMeans : staffWords.access.removeMeans}
          act={() => act(() => accessApi.removeFactor(asking.factor.id))}
          onNo={onGivenUp}
        />
      )}
      {question}
    </>
  );
}

type RenameProps = Omit<DoingProps, "asking" | "own"> & { readonly factor: SecondFactor };

function Rename({ factor, onDone, onGivenUp }: RenameProps) {
  const form = useForm({
    name: `rename-${factor.id}`,
    blank: { name: factor.name },
    unkept: ["name"],
    send: async ({ name }) => onDone(await accessApi.renameFactor(factor.id, name)),
  });
  return (
    <form class="card stack" onSubmit={form.submit}>
      <NameField error={form.trouble?.sentence ?? null} value={form.values.name} onInput={(name) => form.set({ name })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>
          {staffWords.access.save}
        </Button>
        <Button onPress={onGivenUp}>{staffWords.common.cancel}</Button>
      </div>
    </form>
  );
}

interface AskedProps {
  readonly title: string;
  readonly yes: string;
  readonly means: string;
  readonly act: () => Promise<void>;
  readonly onNo: () => void;
}

const said = (error: unknown) => (error instanceof NotConfirmed ? staffWords.access.confirmLead : sentenceOf(error));

function Asked({ title, yes, means, act, onNo }: AskedProps) {
  return <Question title={title} yes={yes} grave consequences={[means]} onYes={act} onNo={onNo} sentenceOf={said} />;
}

interface ListProps {
  readonly own: SecondFactors;
  readonly onAct: (what: "remove" | "rename", factor: SecondFactor) => void;
}

function List({ own, onAct }: ListProps) {
  return (
    <ul class="stack-tight">
      {own.factors.map((factor) => (
        <li key={factor.id} class="card row between">
          <div>
            <strong>{factor.name}</strong>
            <p class="small soft">{told(factor)}</p>
          </div>
          <div class="row">
            {(["rename", "remove"] as const).map((what) => (
              <Button key={what} onPress={() => onAct(what, factor)}>
                {staffWords.access[what]}
                <span class="unseen"> {staffWords.access.of(factor.name)}</span>
              </Button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function told({ kind, added, last_used: used }: SecondFactor): string {
  const what = kind === "passkey" ? staffWords.access.passkey : staffWords.access.app;
  const last = used === null ? staffWords.access.neverUsed : staffWords.access.lastUsed(day(Date.parse(used)));
  return [what, staffWords.access.added(day(Date.parse(added))), last].join(" · ");
}

const FEW = 3;

function Left({ count, onNew }: { readonly count: number; readonly onNew: () => void }) {
  const action = <Button onPress={onNew}>{staffWords.access.recoveryNew}</Button>;
  if (count < FEW) return <Banner tone="warn" action={action}>{staffWords.access.recoveryFew(count)}</Banner>;
  return (
    <div class="row">
      <span>{staffWords.access.recoveryLeft(count)}</span>
      {action}
    </div>
  );
}

function Adding({ onApp, onPasskey }: { readonly onApp: () => void; readonly onPasskey: () => void }) {
  return (
    <div class="row">
      <Button onPress={onApp}>{staffWords.access.addApp}</Button>
      <Button onPress={onPasskey}>{staffWords.access.addPasskey}</Button>
    </div>
  );
}
