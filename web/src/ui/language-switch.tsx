import { LANGUAGES, type Language } from "../messages/language.ts";
import { choose, language } from "../messages/words.ts";

/** The other languages, each in its own name; this browser keeps the choice. */
export function LanguageSwitch() {
  const others = (Object.keys(LANGUAGES) as Language[]).filter((each) => each !== language());
  return (
    <div class="row">
      {others.map((each, place) => (
        // Keyed by position, so that the button stays the same and keeps the focus while its language changes.
        <button key={place} type="button" class="button plain" lang={each} onClick={() => void choose(each)}>
          {LANGUAGES[each]}
        </button>
      ))}
    </div>
  );
}
