import { Office } from "./office/office.tsx";
import { screenAt } from "./office/screens.ts";
import { Shown } from "./office/shown.tsx";
import { currentPath } from "./router.ts";
import { Unknown } from "./unknown.tsx";

/** The page at the current address. */
export function App() {
  const found = screenAt(currentPath());
  if (found === null) return <Unknown />;
  return found.screen.alone ? <Shown found={found} /> : <Office found={found} />;
}
