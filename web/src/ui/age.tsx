import { clock } from "../format.ts";
import { words } from "../messages/words.ts";
import { now } from "../now.ts";
import type { Loaded, There } from "../wire/loaded.ts";
import { isSignedOut } from "../wire/request.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./forms/button.tsx";
import { SignIn } from "./form-trouble.tsx";

interface AgeProps {
  readonly loaded: Loaded<unknown>;
  readonly again: () => void;
}

/** The age of the shown data, and a button to fetch them again. Nothing before the first data. */
export function Age({ loaded, again }: AgeProps) {
  if (loaded.is !== "there") return null;
  return (
    <div class="stack-tight">
      <div class="row row-apart">
        <span class="soft small">{ageOf(loaded)}</span>
        <Button onPress={again}>{words.common.lookAgain}</Button>
      </div>
      <Stale loaded={loaded} />
    </div>
  );
}

/** Says that the shown data could not be fetched again, and how old they are. */
export function Stale({ loaded }: Pick<AgeProps, "loaded">) {
  if (loaded.is !== "there" || loaded.stale === null) return null;
  return (
    <Banner tone="warn" {...(isSignedOut(loaded.stale.error) ? { action: <SignIn /> } : {})}>
      {words.common.stale(loaded.stale.sentence, clock(loaded.at))}
    </Banner>
  );
}

/** `As of 6:42 PM, 3 min ago`. */
function ageOf({ at }: There<unknown>): string {
  const minutes = Math.floor((now.value - at) / 60_000);
  return minutes > 0 ? words.common.asOfAgo(clock(at), minutes) : words.common.asOf(clock(at));
}
