import { begin } from "../ui/begin.tsx";
import "../style/panel.css";
import "../style/attendance.css";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

followLinks();
begin(<App />);
