import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

const TOKENS = readFileSync("src/style/tokens.css", "utf8");
const styles = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".css") && !path.endsWith("tokens.css"))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, "utf8") }));
/** Tokens that components set, for one element each. */
const OWN = new Set(["--seconds"]);

it("every token that a style uses is defined", () => {
  const strays = styles.flatMap(({ path, text }) =>
    [...text.matchAll(/var\((--[\w-]+)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !OWN.has(name) && !TOKENS.includes(`${name}:`))
      .map((name) => `${path}: ${name}`),
  );
  expect(styles.length).toBeGreaterThan(10);
  expect(strays).toEqual([]);
});

it("no style has its own colour, except the white of paper", () => {
  const colours = styles.flatMap(({ path, text }) =>
    [...text.matchAll(/#[0-9a-f]{3,8}\b(?=[^{]*[;)])/gi)].map(([colour]) => `${path}: ${colour}`),
  );
  expect(colours.filter((colour) => !colour.endsWith("print.css: #ffffff"))).toEqual([]);
});
