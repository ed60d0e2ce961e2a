import "@fontsource-variable/figtree";
import "@fontsource-variable/literata";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import "./style/pages.css";
import "./style/room.css";
import "./style/panel.css";
import "./style/attendance.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

followLinks();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
