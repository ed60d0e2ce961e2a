import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { useForm } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";

interface Line<Rule> {
  readonly rule: Rule;
  readonly words: string;
}

interface Props<Rule, Values extends object> {
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly lines: ReadonlyArray<Line<Rule>>;
  /** Saves the whole list; null shows it only. */
  readonly save: ((rules: readonly Rule[]) => Promise<void>) | null;
  /** What the form of a new rule begins with, its fields, and the rule that they make. */
  readonly blank: Values;
  readonly fields: (values: Values, set: (changed: Partial<Values>) => void) => ComponentChildren;
  readonly made: (values: Values) => Rule;
}

/** One list of rules: each can be taken out, with an undo, and a new one added at its end. */
export function RuleList<Rule, Values extends object>({ name, title, lead, lines, save, blank, fields, made }: Props<Rule, Values>) {
  const heading = useId();
  const [adding, setAdding] = useState(false);
  const { rules } = staffWords.way;
  const all = lines.map(({ rule }) => rule);
  const remove = async (place: number) => {
    try {
      await save?.(all.filter((_, each) => each !== place));
      toast(rules.removed, async () => save?.(all));
    } catch (error) {
      toast(sentenceOf(error));
    }
  };
  const form = useForm<Values>({
    name: `rules ${name}`, blank,
    send: async (values) => {
      await save?.([...all, made(values)]);
      setAdding(false);
    },
  });
  return (
    <section class="card stack" aria-labelledby={heading}>
      <div class="stack-tight">
        <h2 id={heading}>{title}</h2>
        <p class="small soft">{lead}</p>
      </div>
      {lines.length === 0 && <p>{rules.nothing}</p>}
      <ul class="rule-list">
        {lines.map(({ words }, place) => (
          <li key={words}>
            <span>{words}</span>
            {save !== null && (
              <Button onPress={() => void remove(place)}>
                {rules.remove}
                <span class="unseen">: {words}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {save !== null && !adding && <div><Button onPress={() => setAdding(true)}>{rules.add}<span class="unseen">: {title}</span></Button></div>}
      {adding && (
        <form class="stack narrow" noValidate onSubmit={form.submit}>
          <FormTrouble trouble={form.trouble} />
          {fields(form.values, form.set)}
          <div class="row">
            <Button kind="main" type="submit" busy={form.busy}>{rules.add}</Button>
            <Button onPress={() => setAdding(false)}>{staffWords.common.cancel}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
