import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { StaffMember } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";

/** Switches a member's access off, or on again, after a question that says what happens. */
export function Access({ member, again }: { readonly member: StaffMember; readonly again: () => void }) {
  const [asking, setAsking] = useState(false);
  const off = member.state === "off";
  const change = async () => {
    await (off ? api.switchOn(member.id) : api.switchOff(member.id));
    setAsking(false);
    toast(off ? staffWords.people.isOn(member.name) : staffWords.people.isOff(member.name));
    again();
  };
  return (
    <section class="card stack" aria-labelledby="access">
      <h2 id="access">{staffWords.people.access}</h2>
      <p class="soft">{off ? staffWords.people.offMeans : staffWords.people.onMeans}</p>
      <div class="row">
        <Button kind={off ? undefined : "grave"} onPress={() => setAsking(true)}>
          {off ? staffWords.people.switchOn : staffWords.people.switchOff}
        </Button>
      </div>
      {asking && (
        <Question
          title={off ? staffWords.people.onAsk(member.name) : staffWords.people.offAsk(member.name)}
          yes={off ? staffWords.people.switchOn : staffWords.people.switchOff}
          grave={!off}
          consequences={off ? staffWords.people.onThen : staffWords.people.offThen}
          sentenceOf={sentenceOf}
          onYes={change}
          onNo={() => setAsking(false)}
        />
      )}
    </section>
  );
}
