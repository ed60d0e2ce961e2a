/** Puts beside each text of the built app the same compressed: the server sends that to whoever takes it. */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const texts = readdirSync("dist", { recursive: true }).filter((name) => /\.(js|css|html|svg|txt)$/.test(name));
for (const name of texts) {
  const text = readFileSync(`dist/${name}`);
  writeFileSync(`dist/${name}.br`, brotliCompressSync(text));
  writeFileSync(`dist/${name}.gz`, gzipSync(text));
}
