import { expect, it } from "vitest";
import { REFUSAL_CODES } from "../wire/refusals.gen.ts";
import { staff as english } from "./en/staff.ts";
import { staff as spanish } from "./es/staff.ts";

type Message = string | ((...given: never[]) => string);

/** Messages that are equal in both languages, because they only join their arguments. */
const ALIKE = [
  "clients.alias",
  "common.untitled",
  "licences.missing.none",
  "licences.npi",
  "licences.npiOf",
  "parts.frame.waiting",
  "way.answers.no",
  "way.counted",
  "way.reasons.hospital",
];

/** Every sentence by its path; the service itself writes its refusals in English. */
function messagesOf(catalogue: object, path = ""): ReadonlyArray<readonly [string, Message]> {
  return Object.entries(catalogue).flatMap(([name, value]: [string, object | Message]) =>
    typeof value === "object" ? messagesOf(value, `${path}${name}.`) : [[path + name, value] as const],
  );
}

const translated = (catalogue: object) => new Map(messagesOf(catalogue).filter(([path]) => !path.startsWith("refusals.")));
const [inEnglish, inSpanish] = [translated(english), translated(spanish)];

/** A message with these arguments: numbers for counts, devices for lists, names for the rest. */
function said(message: Message, given: readonly unknown[]): string {
  return typeof message === "string" ? message : (message as (...given: readonly unknown[]) => string)(...given);
}

const DEVICES = new Set(["devices.which", "devices.turnOn", "devices.paused", ...["denied", "missing", "busy", "unsupported"].map((each) => `devices.trouble.${each}`)]);
const given = (path: string) => [DEVICES.has(path) ? ["camera", "microphone"] : "«1»", "«2»", "«3»"];

it("every sentence exists in both languages", () => {
  expect(inEnglish.size).toBeGreaterThan(300);
  expect([...inSpanish.keys()]).toEqual([...inEnglish.keys()]);
});

it("no sentence is equal in both languages, unless it is listed", () => {
  const alike = [...inEnglish].filter(([path, message]) => said(message, given(path)) === said(inSpanish.get(path) ?? "", given(path)));
  expect(alike.map(([path]) => path).sort()).toEqual(ALIKE);
});

it("a sentence takes and shows the same arguments in both languages", () => {
  for (const [path, message] of inEnglish) {
    const other = inSpanish.get(path) ?? "";
    const marks = (one: Message) => [...new Set(said(one, given(path)).match(/«\d»/g))].sort();
    expect(marks(other), path).toEqual(marks(message));
    if (typeof message === "function" && typeof other === "function") expect(other.length, path).toBe(message.length);
    expect(typeof other, path).toBe(typeof message);
  }
});

it("every refusal of the service has a sentence in Spanish", () => {
  expect(Object.keys(spanish.refusals)).toEqual(expect.arrayContaining([...REFUSAL_CODES]));
});

it("no message is empty, begins or ends with a space, or ends a sentence twice", () => {
  for (const [path, message] of [...inEnglish, ...inSpanish]) {
    expect(said(message, given(path)), path).toMatch(/^\S(.*\S)?$/s);
    expect(said(message, given(path)), path).not.toMatch(/\.\.|\bundefined\b/);
  }
});
