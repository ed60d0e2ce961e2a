import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { Visitor, parseSync } from "vite";

/** Names, and sentences that are needed before any catalogue is loaded. */
const ALLOWED = new Set([
  "Vesper",
  "This page did not load. Please reload it. · Esta página no se cargó. Vuelva a cargarla, por favor.",
]);
/** Attributes for programs, which may look like words. */
const FOR_PROGRAMS = new Set(["class", "key", "viewBox", "transform", "rel"]);
const PROSE = /^\p{Lu}\p{Ll}+[\s.…]|\p{L}{2,}[,.:;]? \p{L}/u;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The texts in a source that people may read: text of elements, labels, and literals that look like prose. */
function readIn(path: string, text: string): readonly string[] {
  const { program, errors } = parseSync(path, text);
  expect(errors, path).toEqual([]);
  const found = new Set<string>();
  const skipped: Span[] = [];
  const prose = (words: string, { start, end }: Span) => {
    if (PROSE.test(words) && !skipped.some((one) => one.start <= start && end <= one.end)) found.add(words);
  };
  const visitor = new Visitor({
    JSXText: ({ value }) => void (/\p{L}/u.test(value) && found.add(value.trim())),
    JSXAttribute: (attribute) => {
      const { name, value } = attribute;
      if (name.type === "JSXIdentifier" && FOR_PROGRAMS.has(name.name)) skipped.push(attribute);
      else if (value?.type === "Literal" && /^\p{Lu}/u.test(String(value.value))) found.add(String(value.value));
    },
    Literal: (literal) => void (typeof literal.value === "string" && prose(literal.value, literal)),
    TemplateElement: (part) => prose(part.value.cooked ?? "", part),
  });
  visitor.visit(program);
  return [...found].filter((words) => !ALLOWED.has(words));
}

/** Without the catalogues, what only developers see, and what reads typed words. */
const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !/\.(test|gen)\.|^messages\/|^styleguide\/|^ui\/time\/parse\/|\/scripted\//.test(path),
);

it("every sentence that a person reads stands in a catalogue", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((path) => readIn(path, readFileSync(`src/${path}`, "utf8")).map((words) => `${path}: ${words}`))).toEqual([]);
});

it.each([
  ["a text", "const page = <p>Sign in</p>;", ["Sign in"]],
  ["one word", "const page = <p>Leave</p>;", ["Leave"]],
  ["a label", 'const page = <button aria-label="Close" />;', ["Close"]],
  ["a sentence in a condition", 'const said = late ? "You are late." : "";', ["You are late."]],
  ["part of a sentence", "const said = `The lobby opens at ${at}`;", ["The lobby opens at "]],
])("%s that is written beside its element is found", (_, text, found) => {
  expect(readIn("found.tsx", text)).toEqual(found);
});
