import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import type { Session } from "../../wire/api.gen.ts";
import { kindWord } from "../../words.ts";

/** What a session asks for and nobody holds who leads it. */
export function LicenceWarnings({ warnings }: Pick<Session, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Banner tone="warn">
      <ul class="stack-tight">
        {warnings.map(({ kind, asked }) => (
          <li key={kind}>{staffWords.licences.missing[asked](kindWord(kind))}</li>
        ))}
      </ul>
    </Banner>
  );
}
