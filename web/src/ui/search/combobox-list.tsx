/* The focus stays in the field, which moves through the options, so the options need only clicks. */
/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-to-interactive-role */
import { useEffect, useRef } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Check } from "../../icons.ts";
import type { Found } from "./found.ts";
import type { Option } from "./matching.ts";

/** More than people read; typing narrows the list. */
export const SHOWN = 50;
/** With less space than this below the field, the list opens above it. */
const LEAST_ROOM = 240;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly open: boolean;
  readonly found: Found;
  readonly active: number | null;
  readonly chosen: Option | null;
  readonly onTake: (option: Option) => void;
}

export function optionId(list: string, place: number): string {
  return `${list}-${place}`;
}

/** The suggestions below a combobox, and their text for screen readers. */
export function Choices({ id, label, open, found, active, chosen, onTake }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open || panel.current === null) return;
    const field = panel.current.parentElement?.getBoundingClientRect();
    const below = innerHeight - (field?.bottom ?? 0);
    panel.current.dataset["above"] = String(below < LEAST_ROOM && (field?.top ?? 0) > below);
  }, [open]);
  useEffect(() => {
    if (active !== null) document.getElementById(optionId(id, active))?.scrollIntoView?.({ block: "nearest" });
  }, [active]);
  const options = open && found.is === "there" ? found.options.slice(0, SHOWN) : [];
  const said = open ? sentence(found) : "";
  return (
    <>
      <div ref={panel} class="choices" hidden={!open}>
        <ul id={id} role="listbox" aria-label={label} hidden={options.length === 0} onMouseDown={(event) => event.preventDefault()}>
          {options.map((option, place) => (
            <li
              key={option.value}
              id={optionId(id, place)}
              role="option"
              aria-selected={place === active}
              aria-disabled={option.disabled ?? false}
              data-chosen={option.value === chosen?.value}
              onClick={() => !option.disabled && onTake(option)}
            >
              <span>
                {option.label}
                {option.detail !== undefined && <span class="small soft block">{option.detail}</span>}
              </span>
              {option.value === chosen?.value && <Check aria-hidden="true" />}
            </li>
          ))}
        </ul>
        {said !== "" && (options.length === 0 || found.is !== "there" || found.options.length > SHOWN) && (
          <p class="choices-word" aria-hidden="true">
            {found.is === "searching" && <span class="spinner" />}
            {said}
          </p>
        )}
      </div>
      <p class="unseen" role="status">
        {said}
      </p>
    </>
  );
}

function sentence(found: Found): string {
  if (found.is === "searching") return staffWords.parts.search.searching;
  if (found.is === "failed") return staffWords.parts.search.cannotSearch;
  if (found.options.length === 0) return staffWords.parts.search.nothingFound;
  return found.options.length > SHOWN ? staffWords.parts.search.foundMore(SHOWN) : staffWords.parts.search.found(found.options.length);
}
