import { signal } from "@preact/signals";

const said = signal("");

/** Long enough to be read out, and short enough that nobody finds it later, once it is out of date. */
const KEPT_MS = 10_000;

/** Lets a screen reader say this at its next pause; nothing is shown. */
export function announce(sentence: string): void {
  said.value = sentence;
  setTimeout(() => {
    if (said.value === sentence) said.value = "";
  }, KEPT_MS);
}

export function Announcer() {
  return (
    <p class="unseen" role="log" aria-live="polite">
      {said}
    </p>
  );
}
