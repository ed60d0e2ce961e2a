import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

type Audience = "staff" | "client" | "shared";

const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

/** Every file with each file that it imports, types included. */
const imports = sources.flatMap((path) =>
  [...readFileSync(`src/${path}`, "utf8").matchAll(IMPORT)].map(([, to = ""]) => [path, join(dirname(path), to)] as const),
);

function audienceOf(path: string): Audience {
  const [folder] = path.split("/");
  return folder === "staff" || folder === "client" ? folder : "shared";
}

it("nothing of one app is imported by the other, or by what they share", () => {
  const strays = imports.filter(([from, to]) => audienceOf(to) !== "shared" && audienceOf(to) !== audienceOf(from));
  expect(strays).toEqual([]);
});

it("every import is looked at", () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(imports.filter(([, to]) => !existsSync(`src/${to}`))).toEqual([]);
});
