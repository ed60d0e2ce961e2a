import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";

/** New recovery codes: this is the only time that they are shown. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  return (
    <section class="card stack" aria-labelledby="recovery">
      <h3 id="recovery">{staffWords.access.recovery}</h3>
      <p>{staffWords.access.recoveryKeep}</p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code} class="secret">{code}</li>
        ))}
      </ul>
      <div class="row no-print">
        <Button kind="main" onPress={onKept}>
          {staffWords.access.recoveryKept}
        </Button>
        <Button onPress={() => print()}>{staffWords.access.recoveryPrint}</Button>
      </div>
    </section>
  );
}
