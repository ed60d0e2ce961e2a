import { LANGUAGES, type Language } from "../messages/language.ts";
import { choose, language } from "../messages/words.ts";

/** The other languages, each by its own name; the choice stays at this browser. */
export function LanguageSwitch() {
  const others = (Object.keys(LANGUAGES) as Language[]).filter((each) => each !== language());
  return (
    <div class="row">
      {others.map((each, place) => (
        // By place: the button stays the same, and keeps the keyboard, while its language changes.
        <button key={place} type="button" class="button plain" lang={each} onClick={() => void choose(each)}>
          {LANGUAGES[each]}
        </button>
      ))}
    </div>
  );
}
