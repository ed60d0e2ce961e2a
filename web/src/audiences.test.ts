import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

type Audience = "staff" | "client" | "shared";

const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

/** Every file with the files that it imports, type imports included. */
const imports = sources.flatMap((path) =>
  [...readFileSync(`src/${path}`, "utf8").matchAll(IMPORT)].map(([, to = ""]) => [path, join(dirname(path), to)] as const),
);

function audienceOf(path: string): Audience {
  const [folder] = path.split("/");
  return folder === "staff" || folder === "client" ? folder : "shared";
}

it("neither app imports the other, and shared folders import neither", () => {
  const strays = imports.filter(([from, to]) => audienceOf(to) !== "shared" && audienceOf(to) !== audienceOf(from));
  expect(strays).toEqual([]);
});

it("every import is checked", () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(imports.filter(([, to]) => !existsSync(`src/${to}`))).toEqual([]);
});
