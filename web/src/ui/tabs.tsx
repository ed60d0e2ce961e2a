import type { ComponentChildren } from "preact";
import "../style/tabs.css";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: ComponentChildren;
}

interface TabsProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  /** Buttons in a panel's head, or a line of words over a part of a page. */
  readonly look?: "panel" | "line";
}

const MOVES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const ENDS: Readonly<Record<string, (now: number) => number>> = { Home: (now) => -now, End: (now) => -now - 1 };

/** Tabs by the keyboard's arrows, Home and End; each names the panel it shows, `panel-<name>`. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, look = "panel" }: TabsProps<Name>) {
  const move = (event: KeyboardEvent) => {
    const now = tabs.findIndex((tab) => tab.name === chosen);
    const by = MOVES[event.key] ?? ENDS[event.key]?.(now);
    const next = by === undefined ? undefined : tabs.at((now + by) % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.name);
    document.getElementById(`tab-${next.name}`)?.focus();
  };
  return (
    <div class={`${look}-tabs`} role="tablist" aria-label={label} onKeyDown={move} tabIndex={-1}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          id={`tab-${tab.name}`}
          type="button"
          class="button tab"
          role="tab"
          aria-selected={tab.name === chosen}
          aria-controls={`panel-${tab.name}`}
          tabIndex={tab.name === chosen ? 0 : -1}
          onClick={() => onChoose(tab.name)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** What a tab of a page shows. */
export function TabPanel({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div id={`panel-${name}`} class="tab-panel" role="tabpanel" aria-labelledby={`tab-${name}`} tabIndex={0}>
      {children}
    </div>
  );
}
