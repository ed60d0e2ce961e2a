import { signal } from "@preact/signals";

const said = signal("");

/** Has a screen reader say this when it has a moment; nothing is shown. */
export function announce(sentence: string): void {
  said.value = sentence;
}

export function Announcer() {
  return (
    <p class="unseen" role="log" aria-live="polite">
      {said}
    </p>
  );
}
