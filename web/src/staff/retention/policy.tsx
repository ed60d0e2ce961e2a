import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { RetentionRule } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { at, useRefused } from "../clients/refused.ts";
import { retentionApi } from "./api.ts";

interface Props {
  readonly rules: readonly RetentionRule[];
  readonly again: () => void;
}

/** How long each kind of record is kept, and the way to keep it longer. */
export function Policy({ rules, again }: Props) {
  const [changing, setChanging] = useState<RetentionRule | null>(null);
  return (
    <section class="card stack" aria-labelledby="policy">
      <h2 id="policy">{staffWords.retention.policy}</h2>
      <p class="soft">{staffWords.retention.policyMeans}</p>
      <Table caption={staffWords.retention.policy} unseenCaption columns={columns(setChanging)} rows={rules} keyOf={({ record }) => record} />
      {changing !== null && <KeepLonger rule={changing} onClose={() => setChanging(null)} again={again} />}
    </section>
  );
}

const columns = (onChange: (rule: RetentionRule) => void): readonly Column<RetentionRule>[] => [
  { name: "record", label: staffWords.retention.record, cell: What },
  { name: "keep", label: staffWords.retention.keep, cell: HowLong },
  { name: "act", label: staffWords.retention.act, cell: (rule) => <Change rule={rule} onChange={onChange} /> },
];

function What({ record }: RetentionRule) {
  return (
    <div class="stack-tight">
      <span>{staffWords.retention.records[record]}</span>
      <span class="small soft">{staffWords.retention.holdsWhat[record]}</span>
    </div>
  );
}

function HowLong({ keep, shortest, unit, since, minors_until, states }: RetentionRule) {
  if (keep === null || shortest === null) return <span>{staffWords.retention.forEver}</span>;
  return (
    <div class="stack-tight">
      <span>
        {staffWords.retention.time(keep, unit)} {staffWords.retention.sinces[since]}
      </span>
      {minors_until !== null && <span class="small soft">{staffWords.retention.minors(Math.max(minors_until, 18 + keep))}</span>}
      {states.map((each) => (
        <span key={each.state} class="small soft">
          {staffWords.retention.inState(each.state, staffWords.retention.time(each.keep, unit), each.minors_until)}
        </span>
      ))}
      {keep > shortest && <span class="small soft">{staffWords.retention.longer(staffWords.retention.time(shortest, unit))}</span>}
    </div>
  );
}

function Change({ rule, onChange }: { readonly rule: RetentionRule; readonly onChange: (rule: RetentionRule) => void }) {
  if (rule.fixed) return <span class="soft">{staffWords.retention.fixed}</span>;
  return (
    <button type="button" class="button" onClick={() => onChange(rule)}>
      {staffWords.retention.change}
      <span class="unseen">: {staffWords.retention.records[rule.record]}</span>
    </button>
  );
}

interface KeepProps {
  readonly rule: RetentionRule;
  readonly onClose: () => void;
  readonly again: () => void;
}

function KeepLonger({ rule, onClose, again }: KeepProps) {
  const { record, keep, shortest, unit } = rule;
  const name = staffWords.retention.records[record];
  const form = useForm({
    name: `keep ${record}`,
    blank: { keep: String(keep ?? "") },
    send: async (typed) => {
      await retentionApi.keep({ record, keep: /^\d{1,6}$/.test(typed.keep.trim()) ? Number(typed.keep) : 0 });
      toast(staffWords.retention.isKept(name));
      onClose();
      again();
    },
  });
  const elsewhere = useRefused(form.trouble);
  const close = () => {
    form.clear();
    onClose();
  };
  return (
    <Dialog title={staffWords.retention.keepTitle(name)} onClose={close}>
      <form class="stack" noValidate onSubmit={form.submit}>
        <TextField
          {...at(form.trouble, "$.keep")}
          label={staffWords.retention.howLong[unit]}
          help={staffWords.retention.atLeast(staffWords.retention.time(shortest ?? 0, unit))}
          required
          inputMode="numeric"
          maxLength={6}
          value={form.values.keep}
          onInput={(typed) => form.set({ keep: typed })}
        />
        <FormTrouble trouble={elsewhere} />
        <div class="answers">
          <Button onPress={close}>{staffWords.retention.cancel}</Button>
          <Button kind="main" type="submit" busy={form.busy} busyWords={staffWords.retention.saving}>
            {staffWords.retention.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
