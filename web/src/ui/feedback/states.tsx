import type { ComponentChildren } from "preact";
import { staffWords } from "../../messages/words.ts";
import { WifiOff } from "../../icons.ts";
import { Banner } from "../banner.tsx";
import { Button } from "../forms/button.tsx";
import { online } from "./online.ts";
import "./feedback.css";

interface EmptyProps {
  readonly title: string;
  /** Why there is nothing, and what the person can do. */
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}

/** The list is empty, without an error. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <p class="soft">{children}</p>}
      {action}
    </div>
  );
}

/** The data could not be fetched. */
export function Failed({ sentence, onAgain }: { readonly sentence: string; readonly onAgain: () => void }) {
  return (
    <Banner tone="bad" action={<Button onPress={onAgain}>{staffWords.parts.feedback.tryAgain}</Button>}>
      {sentence}
    </Banner>
  );
}

/** Shown while the network is away; `age` is the time of the data below, such as "6:42 PM". */
export function Offline({ age }: { readonly age?: string }) {
  if (online.value) return <div class="news" role="status" />;
  return (
    <div class="news" role="status">
      <p class="banner warn">
        <WifiOff aria-hidden="true" />
        <span>
          <strong>{staffWords.parts.feedback.offline}</strong> {age === undefined ? staffWords.parts.feedback.offlineNothing : staffWords.parts.feedback.offlineAge(age)}
        </span>
      </p>
    </div>
  );
}
