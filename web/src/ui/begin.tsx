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
import { type Catalogues, begin as beginToSpeak } from "../messages/words.ts";
import { Announcer } from "./announcer.tsx";

/** Shown if no words could be loaded. */
const NO_WORDS = "This page did not load. Please reload it. · Esta página no se cargó. Vuelva a cargarla, por favor.";

/** Shows an app on its page, in the reader's language. */
export async function begin(app: ComponentChildren, catalogues: Catalogues): Promise<void> {
  // A page from the browser's back/forward cache: its connection, its devices and its words are out of date.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  const root = document.getElementById("app");
  if (root === null) return;
  try {
    await beginToSpeak(catalogues);
  } catch {
    root.textContent = NO_WORDS;
    return;
  }
  const page = (
    <>
      {app}
      <Announcer />
    </>
  );
  render(page, root);
}
