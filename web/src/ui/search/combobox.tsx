import { useId, useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { ChevronDown } from "../../icons.ts";
import { Choices, optionId, SHOWN } from "./combobox-list.tsx";
import { Field, type FieldProps } from "../forms/field.tsx";
import { type Find, useFound } from "./found.ts";
import { exactly, type Option } from "./matching.ts";
import "./search.css";

interface Props extends FieldProps {
  readonly chosen: Option | null;
  readonly onChoose: (option: Option | null) => void;
  readonly find: Find;
  readonly placeholder?: string;
}

/**
 * Search as you type (the ARIA pattern "editable combobox with list autocomplete").
 *
 * Arrows move through the suggestions, Enter takes one, Escape closes them, and another Escape empties the field. A text
 * left in the field that is no suggestion is an error, so that the visible text is always the chosen value.
 */
export function Combobox({ chosen, onChoose, find, placeholder, ...field }: Props) {
  const list = useId();
  const wrapper = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(chosen?.label ?? "");
  const [shown, setShown] = useState(chosen);
  const [open, setOpen] = useState(false);
  const [searched, setSearched] = useState("");
  const [active, setActive] = useState<number | null>(null);
  const [left, setLeft] = useState(false);
  const found = useFound(find, searched, open);
  const options = found.is === "there" ? found.options.slice(0, SHOWN) : [];
  if (shown?.value !== chosen?.value) {
    setShown(chosen);
    setText(chosen?.label ?? "");
  }

  const unfold = () => {
    setSearched("");
    setOpen(true);
    setActive(null);
  };
  const fold = () => {
    setOpen(false);
    setActive(null);
  };
  const take = (option: Option | null) => {
    setText(option?.label ?? "");
    setShown(option);
    setLeft(false);
    onChoose(option);
    fold();
  };
  const type = (typed: string) => {
    setText(typed);
    setSearched(typed);
    setOpen(true);
    setActive(null);
    setLeft(false);
  };
  const move = (by: 1 | -1) => {
    if (!open) return unfold();
    const able = options.flatMap((option, place) => (option.disabled ? [] : [place]));
    const now = active === null ? (by === 1 ? -1 : able.length) : able.indexOf(active);
    return setActive(able.at((now + by) % able.length) ?? null);
  };
  const leave = () => {
    fold();
    if (text.trim() === "") return chosen === null ? setText("") : take(null);
    if (text === chosen?.label) return undefined;
    const same = exactly(options, text);
    if (same !== null && !same.disabled) return take(same);
    setShown(null);
    setLeft(true);
    return onChoose(null);
  };
  const press = (event: KeyboardEvent) => {
    const picked = active === null ? undefined : options[active];
    const keys: Readonly<Record<string, () => unknown>> = {
      ArrowDown: () => (event.altKey ? unfold() : move(1)),
      ArrowUp: () => (event.altKey ? fold() : move(-1)),
      ...(open && picked !== undefined && { Enter: () => take(picked) }),
      ...((open || text !== "") && { Escape: () => (open ? fold() : take(null)) }),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const wrong = left ? staffWords.parts.search.notInList(text) : null;
  return (
    <Field {...field} error={field.error ?? wrong}>
      {(wiring) => (
        <div class="combobox" ref={wrapper}>
          <input
            {...wiring}
            class="input"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            {...(placeholder !== undefined && { placeholder })}
            aria-autocomplete="list"
            aria-expanded={open && options.length > 0}
            aria-controls={list}
            aria-activedescendant={active === null ? undefined : optionId(list, active)}
            value={text}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={press}
            onClick={() => !open && unfold()}
            onBlur={leave}
          />
          <button
            type="button"
            class="combobox-open"
            tabIndex={-1}
            aria-label={staffWords.parts.search.openChoices}
            disabled={wiring.disabled}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              wrapper.current?.querySelector("input")?.focus();
              if (open) fold();
              else unfold();
            }}
          >
            <ChevronDown aria-hidden="true" />
          </button>
          <Choices
            id={list}
            label={field.label}
            open={open}
            found={found}
            active={active}
            chosen={chosen}
            onTake={take}
          />
        </div>
      )}
    </Field>
  );
}
