import { begin } from "../ui/begin.tsx";
import "../style/panel.css";
import "../style/attendance.css";
import { LockGate } from "./access/lock.tsx";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

followLinks();
const app = (
  <LockGate>
    <App />
  </LockGate>
);
void begin(app, {
  en: async () => (await import("../messages/en/staff.ts")).staff,
  es: async () => (await import("../messages/es/staff.ts")).staff,
});
