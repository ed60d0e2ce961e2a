import { useState } from "preact/hooks";
import { clock, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { LongTextField } from "../../ui/forms/text-field.tsx";
import type { ProgramText, TextKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { calls } from "./calls.ts";
import type { PartProps } from "./overview.tsx";
import { useWrong } from "./wrong.ts";
import "./programs.css";

const KINDS: readonly TextKind[] = ["welcome", "rules"];

/** What the program says to clients: the newest version, and any older one beside it. */
export function Texts({ program, changes }: PartProps) {
  const [loaded, again] = useLoaded(`texts ${program.id}`, () => calls.texts(program.id));
  if (loaded.is === "loading") return <Wait>{staffWords.programs.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return (
    <div class="stack">
      {KINDS.map((kind) => (
        <Text
          key={kind} kind={kind} program={program.id} changes={changes} onChanged={again}
          versions={loaded.value.filter((text) => text.kind === kind)}
        />
      ))}
    </div>
  );
}

interface TextProps {
  readonly kind: TextKind;
  readonly program: string;
  readonly changes: boolean;
  readonly onChanged: () => void;
  /** Newest first. */
  readonly versions: readonly ProgramText[];
}

function Text({ kind, program, changes, onChanged, versions }: TextProps) {
  const [writing, setWriting] = useState(false);
  const [beside, setBeside] = useState<string | null>(null);
  const [newest, ...older] = versions;
  const choices = older.map((text) => ({ value: String(text.version), label: saidOf(text) }));
  const other = older.find((text) => String(text.version) === beside);
  return (
    <section class="card stack" aria-labelledby={`text-${kind}`}>
      <h2 id={`text-${kind}`}>{staffWords.programs.textNames[kind]}</h2>
      {newest === undefined && <p class="soft">{staffWords.programs.noText}</p>}
      {older.length > 0 && (
        <div class="narrow">
          <SelectField label={staffWords.programs.compare} choices={choices} value={beside} onChoose={setBeside} />
        </div>
      )}
      <div class="versions">
        {newest !== undefined && <Version text={newest} />}
        {other !== undefined && <Version text={other} />}
      </div>
      {changes && !writing && (
        <div class="row">
          <Button onPress={() => setWriting(true)}>{newest === undefined ? staffWords.programs.write : staffWords.programs.newVersion}</Button>
        </div>
      )}
      {writing && (
        <Writing
          kind={kind} program={program} newest={newest} onCancel={() => setWriting(false)}
          onSaved={() => {
            setWriting(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

const saidOf = ({ version, at, by }: ProgramText): string => staffWords.programs.version(version, `${day(at)}, ${clock(at)}`, by);

function Version({ text }: { readonly text: ProgramText }) {
  return (
    <article class="stack-tight">
      <h3>{saidOf(text)}</h3>
      <p class="as-written">{text.text}</p>
      <p class="small soft long-word">{staffWords.programs.digest(text.digest.slice(0, 16))}</p>
    </article>
  );
}

interface WritingProps {
  readonly kind: TextKind;
  readonly program: string;
  readonly newest: ProgramText | undefined;
  readonly onCancel: () => void;
  readonly onSaved: () => void;
}

function Writing({ kind, program, newest, onCancel, onSaved }: WritingProps) {
  const form = useForm({
    name: `text ${program} ${kind}`,
    blank: { text: newest?.text ?? "" },
    send: async ({ text }) => {
      await calls.addText(program, { kind, after: newest?.version ?? 0, text });
      toast(staffWords.programs.saved);
      onSaved();
    },
  });
  const { at, rest } = useWrong(`text-${kind}-new`, ["text"], form.trouble);
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <LongTextField {...at("text")} label={staffWords.programs.textNames[kind]} help={staffWords.programs.versionsStay} required rows={10} value={form.values.text} onInput={(text) => form.set({ text })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.saveVersion((newest?.version ?? 0) + 1)}</Button>
        <Button
          onPress={() => {
            form.clear();
            onCancel();
          }}
        >
          {staffWords.common.cancel}
        </Button>
      </div>
    </form>
  );
}
