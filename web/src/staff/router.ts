/** The addresses of the staff app, and the way to another page without reloading the app. */

import { batch, signal } from "@preact/signals";

type NameIn<Part extends string> = Part extends `:${infer Name}` ? Name : never;
type Names<Path extends string> = Path extends `${infer Part}/${infer Rest}` ? NameIn<Part> | Names<Rest> : NameIn<Path>;

/** The ids in an address such as `/staff/:person`, by name. */
export type Ids<Path extends string> = { readonly [Name in Names<Path>]: string };

/** The ids in a path of this shape; null for a path of another shape. A trailing slash makes no difference. */
export function matched<const Shape extends string>(shape: Shape, path: string): Ids<Shape> | null {
  const [wanted, given] = [partsOf(shape), partsOf(path)];
  if (wanted.length !== given.length) return null;
  const pairs = wanted.map((part, place) => [part, given[place] ?? ""] as const);
  if (!pairs.every(([part, there]) => part.startsWith(":") || part === there)) return null;
  return Object.fromEntries(pairs.flatMap(([part, there]) => (part.startsWith(":") ? [[part.slice(1), there]] : []))) as Ids<Shape>;
}

const partsOf = (path: string): readonly string[] => path.split("/").filter(Boolean);

export const roomPath = (session: string): string => `/session/${encodeURIComponent(session)}`;
/** The sessions of the coming days. */
export const SESSIONS_PATH = "/sessions";
export const rosterPath = (session: string): string => `/sessions/${encodeURIComponent(session)}/roster`;
export const attendancePath = (session: string): string => `${roomPath(session)}/attendance`;
export const whoLookedPath = (person?: string): string =>
  person === undefined ? "/clinic/who-looked" : `/clinic/who-looked/${encodeURIComponent(person)}`;
export const inquiryPath = (inquiry: string): string => `/inquiries/${encodeURIComponent(inquiry)}`;
export const enrolmentsPath = (client: string): string => `${clientPath(client)}?part=enrolments`;
export const clientPath = (client: string): string => `/clients/${encodeURIComponent(client)}`;
export const staffPath = (person: string): string => `/staff/${encodeURIComponent(person)}`;

const path = signal(location.pathname);
const query = signal(location.search);

/** The path shown now; components that read it follow it. */
export function currentPath(): string {
  return path.value;
}

/** What the address asks of its page, such as filters: never a name, nor anything that was typed. */
export function currentQuery(): URLSearchParams {
  return new URLSearchParams(query.value);
}

/** Show another page, from its top, with the focus on its heading. */
export function go(to: string): void {
  history.pushState(null, "", to);
  arrive();
  scrollTo(0, 0);
}

/** Ask something else of the page that is shown, without a step for the back button. */
export function ask(asked: Readonly<Record<string, string | null>>): void {
  const next = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  history.replaceState(null, "", next.size === 0 ? location.pathname : `?${next.toString()}`);
  arrive();
}

function arrive(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = location.search;
  });
}

/** Follow the back button and plain clicks on links within the app. Returns a function that undoes it. */
export function followLinks(): () => void {
  const listening = new AbortController();
  const { signal: until } = listening;
  addEventListener("popstate", arrive, { signal: until });
  document.addEventListener("click", onClick, { signal: until });
  return () => listening.abort();
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  if (link === null || elsewhere || link.target !== "" || link.origin !== location.origin) return;
  if (event.defaultPrevented || link.hash !== "") return;
  event.preventDefault();
  go(link.pathname + link.search);
}
