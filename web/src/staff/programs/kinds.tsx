import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import type { ClinicKind, SessionKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { kindWord } from "../../words.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { calls } from "./calls.ts";
import { useWrong } from "./wrong.ts";
import { COUNTING_KINDS } from "./words.ts";

/** The kinds of sessions that the clinic names itself, each with the kind as which it counts. */
export function KindsPage() {
  const { me } = useOffice();
  const [loaded, again] = useLoaded("kinds", calls.kinds, { whenSeen: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const changes = may(me, "programs.manage");
  return (
    <div class="stack">
      <PageHead title={staffWords.programs.kindsTitle} lead={staffWords.programs.kindsLead} />
      <Listed loaded={loaded} again={again} waiting={staffWords.programs.kindsFetching} empty={staffWords.programs.noKinds}>
        {(kinds) => kinds.map((kind) => <Kind key={kind.id} kind={kind} changes={changes} onChanged={again} />)}
      </Listed>
      {changes && <NewKind onAdded={again} />}
    </div>
  );
}

interface KindProps {
  readonly kind: ClinicKind;
  readonly changes: boolean;
  readonly onChanged: () => void;
}

function Kind({ kind, changes, onChanged }: KindProps) {
  const [busy, setBusy] = useState(false);
  const offer = async (in_use: boolean) => {
    setBusy(true);
    await calls.describeKind(kind.id, { name: kind.name, in_use }).finally(() => setBusy(false));
    onChanged();
    toast(staffWords.programs.saved, in_use === kind.in_use ? undefined : () => offer(kind.in_use));
  };
  return (
    <section class="card row row-apart" aria-label={kind.name}>
      <div class="stack-tight">
        <h2>{kind.name}</h2>
        <p class="soft">
          {staffWords.programs.countsAs(kindWord(kind.counts_as))}
          {!kind.in_use && ` ${staffWords.programs.notOffered}`}
        </p>
      </div>
      {changes && (
        <Button busy={busy} onPress={() => void offer(!kind.in_use)}>
          {kind.in_use ? staffWords.programs.offerNoLonger : staffWords.programs.offerAgain}
          <span class="unseen"> {kind.name}</span>
        </Button>
      )}
    </section>
  );
}

function NewKind({ onAdded }: { readonly onAdded: () => void }) {
  const form = useForm({
    name: "new-kind",
    blank: { name: "", counts_as: "expressive" as SessionKind },
    send: async (values) => {
      await calls.createKind(values);
      toast(staffWords.programs.saved);
      onAdded();
    },
  });
  const { at, rest } = useWrong("kind", ["name", "counts_as"], form.trouble);
  const choices = COUNTING_KINDS.map((value) => ({ value, label: kindWord(value) }));
  return (
    <form class="card stack narrow" onSubmit={form.submit} noValidate>
      <h2>{staffWords.programs.addKind}</h2>
      <FormTrouble trouble={rest} />
      <TextField {...at("name")} label={staffWords.programs.name} required value={form.values.name} onInput={(name) => form.set({ name })} />
      <SelectField
        {...at("counts_as")} label={staffWords.programs.countsAsLabel} help={staffWords.programs.countsAsHelp} required
        choices={choices} value={form.values.counts_as} onChoose={(counts_as) => form.set({ counts_as })}
      />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.addKind}</Button>
      </div>
    </form>
  );
}
