/** Draws each `*.dot` beside this file as SVG: legible on light and on dark, with a title and a description. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { instance } from "@viz-js/viz";

const STYLE = `
  text { font-family: system-ui, Helvetica, Arial, sans-serif; fill: #26233a; }
  path, polygon, ellipse { stroke: #6b6680; fill: none; }
  .node path, .node polygon { fill: #ffffff; }
  .edge polygon { fill: #6b6680; }
  .edge text { fill: #56516b; }
  .cluster > path { fill: #f4efe6; stroke: #d9d1c3; }
  .cluster text { font-weight: 600; }
  .process path, .process polygon { fill: #e6e3f6; stroke: #5a4fa3; stroke-width: 1.5; }
  .store path, .store polygon { fill: #e2f0e8; stroke: #2f7a55; }
  .media path { stroke-dasharray: 5 4; }
  @media (prefers-color-scheme: dark) {
    text { fill: #efeaf7; }
    path, polygon, ellipse { stroke: #a9a3bf; }
    .node path, .node polygon { fill: #2b2938; }
    .edge polygon { fill: #a9a3bf; }
    .edge text { fill: #c9c4da; }
    .cluster > path { fill: #1f1d29; stroke: #4a465c; }
    .process path, .process polygon { fill: #383264; stroke: #a79df0; }
    .store path, .store polygon { fill: #1f3d30; stroke: #6fc59a; }
  }
`;
const DEFAULTS = {
  graphAttributes: { bgcolor: "transparent", fontname: "Arial", fontsize: 13, pad: 0.15, style: "rounded" },
  nodeAttributes: { shape: "box", style: "rounded", fontname: "Arial", fontsize: 12, margin: "0.2,0.1" },
  edgeAttributes: { fontname: "Arial", fontsize: 11, arrowsize: 0.7 },
};

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const attribute = (source, name) => new RegExp(`^ *${name} = "(.+)"$`, "m").exec(source)[1];

/** The picture of a source: its colours come from STYLE alone, and `data-source` says of what it was drawn. */
function picture(viz, source) {
  const drawn = viz.renderString(source, { format: "svg", ...DEFAULTS });
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(drawn);
  const body = drawn
    .replace(/^[^]*?<svg[^>]*>/, "")
    .replace(/<!--[^]*?-->\n/g, "")
    .replace(/<title>[^]*?<\/title>\n/g, "")
    .replace(/ (id|fill|stroke|font-family|xml:space)="[^"]*"/g, "")
    .replace(/\n+/g, "\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
 aria-labelledby="title description" data-source="${digest(source)}">
<title id="title">${escaped(attribute(source, "title"))}</title>
<desc id="description">${escaped(attribute(source, "description"))}</desc>
<style>${STYLE}</style>
${body}`;
}

/** Changes with the source and with this file: a test compares it. */
function digest(source) {
  return createHash("sha256").update(source).update(readFileSync(import.meta.filename)).digest("hex");
}

const viz = await instance();
const here = import.meta.dirname;
for (const name of readdirSync(here).filter((name) => name.endsWith(".dot"))) {
  const source = readFileSync(`${here}/${name}`, "utf8");
  writeFileSync(`${here}/${name.replace(".dot", ".svg")}`, picture(viz, source));
}
