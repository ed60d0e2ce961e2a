import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Menu } from "../../icons.ts";
import { Offline } from "../feedback/states.tsx";
import { Toasts } from "../feedback/toast.tsx";
import "./frame.css";

export interface Section {
  readonly href: string;
  readonly label: string;
  readonly icon: ComponentType<{ "aria-hidden": "true" }>;
  /** Waiting work: its count and its name, such as 3, "unsigned notes". */
  readonly waiting?: { readonly count: number; readonly of: string };
}

interface Props {
  readonly sections: readonly Section[];
  /** The address of the section that is shown. */
  readonly current: string;
  readonly clinic: string;
  /** Who is signed in, and how to leave. */
  readonly account: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of staff pages: sections at the side, or behind a button in a narrow space. */
export function StaffFrame({ sections, current, clinic, account, children }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => setOpen(false), [current]);
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [open]);
  return (
    <div class="frame">
      <a class="skip no-print" href="#content">
        {staffWords.parts.frame.skip}
      </a>
      <header class="frame-head">
        <a class="brand" href="/">
          <img src="/favicon.svg" alt="" />
          Vesper
        </a>
        <button
          ref={button}
          type="button"
          class="button frame-menu no-print"
          aria-expanded={open}
          aria-controls="frame-side"
          onClick={() => setOpen(!open)}
        >
          <Menu aria-hidden="true" />
          {staffWords.parts.frame.menu}
        </button>
        <div id="frame-side" class="frame-side no-print" data-open={open}>
          <p class="small soft frame-clinic">{clinic}</p>
          <nav aria-label={staffWords.parts.frame.main}>
            <ul>
              {sections.map((section) => (
                <li key={section.href}>
                  <SectionLink section={section} current={section.href === current} />
                </li>
              ))}
            </ul>
          </nav>
          <section class="frame-account" aria-label={staffWords.parts.frame.account}>
            {account}
          </section>
        </div>
      </header>
      <main id="content" class="frame-body" tabIndex={-1}>
        <Offline />
        {children}
      </main>
      <Toasts />
    </div>
  );
}

function SectionLink({ section, current }: { readonly section: Section; readonly current: boolean }) {
  const Icon = section.icon;
  return (
    <a class="frame-link" href={section.href} {...(current && { "aria-current": "page" })}>
      <Icon aria-hidden="true" />
      <span class="frame-label">{section.label}</span>
      {section.waiting !== undefined && section.waiting.count > 0 && (
        <>
          <span class="badge count" aria-hidden="true">
            {section.waiting.count}
          </span>
          <span class="unseen">, {staffWords.parts.frame.waiting(section.waiting.count, section.waiting.of)}</span>
        </>
      )}
    </a>
  );
}
