import "@fontsource-variable/figtree";
import "@fontsource-variable/literata";
import "../style/tokens.css";
import "../style/base.css";
import "../style/controls.css";
import "../style/dialog.css";
import "../style/pages.css";
import "../style/room.css";
import "../style/forced.css";
import "../style/print.css";
import { type ComponentChildren, render } from "preact";
import { Announcer } from "./announcer.tsx";

/** Shows an app on its page. */
export function begin(app: ComponentChildren): void {
  // A page from the browser's cache of pages that one went back from: its connection, its devices and its words are old.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  const root = document.getElementById("app");
  if (root === null) return;
  const page = (
    <>
      {app}
      <Announcer />
    </>
  );
  render(page, root);
}
