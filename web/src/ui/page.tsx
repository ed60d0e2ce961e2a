import type { ComponentChildren } from "preact";
import { LanguageSwitch } from "./language-switch.tsx";

interface PageProps {
  readonly width?: "narrow" | "medium";
  /** What stands at the right of the masthead; the languages, where it is nothing else. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Each app's own first page: a client who looks for theirs is not sent to the staff's. */
const first = () => (/^\/join\/?$/.test(location.pathname) ? "/join" : "/");

/** The frame of every page but the room. */
export function Page({ width, aside, children }: PageProps) {
  return (
    <div class="page">
      <header class="masthead">
        <a class="brand" href={first()}>
          <img src="/favicon.svg" alt="" />
          Vesper
        </a>
        {aside ?? <LanguageSwitch />}
      </header>
      <main class={`page-body ${width ?? ""}`}>{children}</main>
    </div>
  );
}
