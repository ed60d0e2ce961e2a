import { useState } from "preact/hooks";
import { locale, words } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import type { GuestInvitation } from "../wire/api.gen.ts";
import { sentenceOf } from "../wire/request.ts";
import { api } from "./api.ts";

/** To a guest: who invited them, and the rule that they agree to before they can enter. */
export function Guest({ guest, link, onAgreed }: { guest: GuestInvitation; link: string; onAgreed: () => void }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const agree = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await api.agreeToRule(link, guest.rule.version);
      onAgreed();
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack-tight" aria-labelledby="guest-rule">
      <p>{words.door.invitedBy(guest.invited_by)}</p>
      <h2 id="guest-rule">{words.door.ruleTitle}</h2>
      <p>{locale() === "es" ? guest.rule.es : guest.rule.en}</p>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {guest.agreed ? (
        <p class="soft">{words.door.ruleAgreed}</p>
      ) : (
        <button type="button" class="button main wide" aria-disabled={busy} onClick={() => busy || void agree()}>
          {words.door.agree}
        </button>
      )}
    </section>
  );
}
