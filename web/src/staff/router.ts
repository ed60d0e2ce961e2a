/** The page of the staff app at an address, and the way to another page without reloading the app. */

import { signal } from "@preact/signals";

export type Route =
  | { readonly page: "home" }
  | { readonly page: "room"; readonly session: string }
  | { readonly page: "attendance"; readonly session: string }
  | { readonly page: "unknown" };

/** The page at a path; a trailing slash makes no difference. */
export function routeOf(path: string): Route {
  const parts = path.split("/").filter(Boolean);
  const [first, session, view] = parts;
  if (first === undefined) return { page: "home" };
  if (first !== "session" || session === undefined || parts.length > 3) return { page: "unknown" };
  if (view === undefined) return { page: "room", session };
  return view === "attendance" ? { page: "attendance", session } : { page: "unknown" };
}

export const roomPath = (session: string): string => `/session/${encodeURIComponent(session)}`;
export const attendancePath = (session: string): string => `${roomPath(session)}/attendance`;

const path = signal(location.pathname);

/** The page shown now; components that read it follow it. */
export function currentRoute(): Route {
  return routeOf(path.value);
}

/** Show another page, from its top, with the focus on its heading. */
export function go(to: string): void {
  history.pushState(null, "", to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** Follow the back button and plain clicks on links within the app. Returns a function that undoes it. */
export function followLinks(): () => void {
  const listening = new AbortController();
  const { signal: until } = listening;
  addEventListener("popstate", () => (path.value = location.pathname), { signal: until });
  document.addEventListener("click", onClick, { signal: until });
  return () => listening.abort();
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  if (link === null || elsewhere || link.target !== "" || link.origin !== location.origin) return;
  if (event.defaultPrevented || link.hash !== "") return;
  event.preventDefault();
  go(link.pathname);
}
