import type { ComponentChildren } from "preact";
import { CircleAlert, Info } from "../icons.ts";

type Tone = "calm" | "good" | "warn" | "bad";

interface BannerProps {
  readonly tone?: Tone;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A notice that is read out when it appears: errors at once, anything else at the next pause. */
export function Banner({ tone = "calm", action, children }: BannerProps) {
  const Icon = tone === "bad" || tone === "warn" ? CircleAlert : Info;
  return (
    <div class={`banner ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon aria-hidden="true" />
      <div class="stack-tight">
        <div>{children}</div>
        {action !== undefined && <div class="row">{action}</div>}
      </div>
    </div>
  );
}

/** A wait that says what is happening. */
export function Wait({ children }: { children: ComponentChildren }) {
  return (
    <p class="wait" role="status">
      {children}
    </p>
  );
}
