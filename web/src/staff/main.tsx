import "@fontsource-variable/figtree";
import "@fontsource-variable/literata";
import "../style/tokens.css";
import "../style/base.css";
import "../style/controls.css";
import "../style/pages.css";
import "../style/room.css";
import "../style/panel.css";
import "../style/attendance.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

followLinks();
// A page from the browser's cache of pages that one went back from: its connection, its devices and its words are old.
// A personal link that is opened where another one was changes nothing but the fragment; the page begins again with it.
addEventListener("hashchange", () => location.hash !== "" && location.reload());
addEventListener("pageshow", (event) => event.persisted && location.reload());
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
