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
  /** Buttons in a panel's header, or a line of words above a part of a page. */
  readonly look?: "panel" | "line";
}

const MOVES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const ENDS: Readonly<Record<string, (now: number) => number>> = { Home: (now) => -now, End: (now) => -now - 1 };

/** Tabs with arrow keys, Home and End; each controls its panel, `panel-<name>`. */
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

/** The panel of a tab. */
export function TabPanel({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div id={`panel-${name}`} class="tab-panel" role="tabpanel" aria-labelledby={`tab-${name}`} tabIndex={0}>
      {children}
    </div>
  );
}
