import type { ComponentChildren } from "preact";
import { LanguageSwitch } from "./language-switch.tsx";

interface PageProps {
  readonly width?: "narrow" | "medium";
  /** The content at the right of the masthead; by default the languages. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Each app's own first page, so that a client does not land on the staff's. */
const first = () => (/^\/join\/?$/.test(location.pathname) ? "/join" : "/");

/** The frame of every page except the room. */
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
