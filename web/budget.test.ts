import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { type Piece, weigh } from "./budget.ts";

const piece = (code: string, more: Partial<Piece> = {}): Piece => ({
  code, facadeModuleId: null, moduleIds: [], imports: [], dynamicImports: [], ...more,
});
const kb = (...codes: readonly string[]) => codes.reduce((sum, code) => sum + gzipSync(code).length, 0) / 1_000;
const JOIN = { page: "join.html", firstKb: 1, wholeKb: 1, without: "/src/staff/" };

const built = new Map([
  ["join.js", piece("door", { facadeModuleId: "/web/join.html", imports: ["shared.js"], dynamicImports: ["room.js"] })],
  ["shared.js", piece("shared shared", { imports: ["join.js"] })],
  ["room.js", piece("a room of its own", { imports: ["shared.js"], moduleIds: ["/web/src/room/lobby.tsx"] })],
  ["index.js", piece("staff", { facadeModuleId: "/web/index.html", moduleIds: ["/web/src/staff/today.tsx"] })],
]);

it("a page weighs what it loads at first, and as a whole what it loads later, each piece once", () => {
  const { firstKb, wholeKb } = weigh(built, JOIN);
  expect(firstKb).toBeCloseTo(kb("door", "shared shared"), 6);
  expect(wholeKb).toBeCloseTo(kb("door", "shared shared", "a room of its own"), 6);
});

it("of the languages, of which a browser loads one before anything is seen, the heaviest counts, at first and as a whole", () => {
  const door = piece("door", { facadeModuleId: "/web/join.html", dynamicImports: ["en.js", "es.js", "room.js"] });
  const spoken = new Map(built)
    .set("join.js", door)
    .set("en.js", piece("short", { moduleIds: ["/web/messages/en/door.ts"] }))
    .set("es.js", piece("much longer than the other", { moduleIds: ["/web/messages/es/door.ts"], imports: ["plural.js"] }))
    .set("plural.js", piece("of both"));
  const { firstKb, wholeKb } = weigh(spoken, { ...JOIN, oneOf: ["/messages/en/", "/messages/es/"] });
  expect(firstKb).toBeCloseTo(kb("door", "much longer than the other"), 6);
  expect(wholeKb).toBeCloseTo(kb("door", "much longer than the other", "a room of its own", "shared shared", "of both"), 6);
});

it("a page that carries another app's code is found out, also in what it loads later", () => {
  expect(weigh(built, JOIN).strays).toEqual([]);
  const mixed = new Map(built).set("room.js", piece("mixed", { moduleIds: ["/web/src/staff/notes/drafts.ts"] }));
  expect(weigh(mixed, JOIN).strays).toEqual(["/web/src/staff/notes/drafts.ts"]);
});

it("a page that was not built has no weight", () => {
  expect(() => weigh(built, { ...JOIN, page: "gone.html" })).toThrow("No page gone.html");
});
