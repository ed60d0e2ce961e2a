import { begin } from "../ui/begin.tsx";
import { JoinPage } from "./door.tsx";

// Another personal link opened in this tab changes only the fragment, so the page starts again with it.
addEventListener("hashchange", () => location.hash !== "" && location.reload());
void begin(<JoinPage />, {
  en: async () => (await import("../messages/en/client.ts")).client,
  es: async () => (await import("../messages/es/client.ts")).client,
});
