import { begin } from "../ui/begin.tsx";
import { JoinPage } from "./door.tsx";

// A personal link that is opened where another one was changes nothing but the fragment; the page begins again with it.
addEventListener("hashchange", () => location.hash !== "" && location.reload());
void begin(<JoinPage />, {
  en: async () => (await import("../messages/en/client.ts")).client,
  es: async () => (await import("../messages/es/client.ts")).client,
});
