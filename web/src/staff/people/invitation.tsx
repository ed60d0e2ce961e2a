import { useState } from "preact/hooks";
import { clock, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at } from "../../now.ts";
import { Question } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { StaffMember } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";

/** Somebody was invited and has not come yet: until when, and a new link, or none. */
export function Invitation({ member, again }: { readonly member: StaffMember; readonly again: () => void }) {
  const [withdrawing, setWithdrawing] = useState(false);
  const resend = useForm({
    name: `invite-again ${member.id}`,
    blank: {},
    send: async () => {
      await api.inviteAgain(member.id);
      toast(staffWords.people.invited(member.name));
      again();
    },
  });
  const withdraw = async () => {
    await api.withdrawInvitation(member.id);
    setWithdrawing(false);
    toast(staffWords.people.withdrawn(member.name));
    again();
  };
  const until = member.invited_until;
  const open = until !== null && Date.parse(until) > at();
  return (
    <section class="card stack" aria-labelledby="invitation">
      <h2 id="invitation">{staffWords.people.invitation}</h2>
      <p>
        {until === null && staffWords.people.noInvitation}
        {until !== null && (open ? staffWords.people.invitedUntil(`${day(until)}, ${clock(until)}`) : staffWords.people.invitationPast)}
      </p>
      <p class="soft">{staffWords.people.linkByMail}</p>
      <FormTrouble trouble={resend.trouble} />
      <div class="row">
        <Button busy={resend.busy} onPress={() => void resend.submit()}>
          {staffWords.people.inviteAgain}
        </Button>
        <Button kind="plain" onPress={() => setWithdrawing(true)}>
          {staffWords.people.withdraw}
        </Button>
      </div>
      {withdrawing && (
        <Question
          title={staffWords.people.withdrawAsk(member.name)}
          yes={staffWords.people.withdraw}
          grave
          consequences={staffWords.people.withdrawMeans}
          sentenceOf={sentenceOf}
          onYes={withdraw}
          onNo={() => setWithdrawing(false)}
        />
      )}
    </section>
  );
}
