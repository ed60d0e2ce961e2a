import "@fontsource-variable/figtree";
import "@fontsource-variable/literata";
import "../style/tokens.css";
import "../style/base.css";
import "../style/controls.css";
import "../style/dialog.css";
import "../style/pages.css";
import "../style/forced.css";
import "../style/print.css";
import "./styleguide.css";
import { render } from "preact";
import { staff } from "../messages/en/staff.ts";
import { speak } from "../messages/words.ts";
import { Styleguide } from "./styleguide.tsx";

speak("en", staff);
const root = document.getElementById("app");
if (root !== null) render(<Styleguide />, root);
