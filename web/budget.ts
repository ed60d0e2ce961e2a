/** What each page may weigh, and the build that fails on more: a phone on a bad network loads a client's page. */

import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

export interface Budget {
  /** The page, such as `join.html`. */
  readonly page: string;
  /** Kilobytes of gzipped JavaScript until the page can be used. */
  readonly firstKb: number;
  /** The same with everything that it loads later. */
  readonly wholeKb: number;
  /** A folder of which nothing may be in it. */
  readonly without: string;
  /** Folders of which a browser loads one, and that before the page can be used: a language's messages. The heaviest counts. */
  readonly oneOf?: readonly string[];
}

/** A piece of the built app: the parts of Rollup's chunk that count here. */
export interface Piece {
  readonly code: string;
  readonly facadeModuleId: string | null;
  readonly moduleIds: readonly string[];
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

export interface Weight {
  readonly firstKb: number;
  readonly wholeKb: number;
  /** The modules of the forbidden folder that came along. */
  readonly strays: readonly string[];
}

/** What `page` loads at first and as a whole, of `pieces` by file name. */
export function weigh(pieces: ReadonlyMap<string, Piece>, { page, without, oneOf = [] }: Budget): Weight {
  const start = [...pieces].filter(([, piece]) => piece.facadeModuleId?.endsWith(`/${page}`)).map(([name]) => name);
  if (start.length === 0) throw new Error(`No page ${page} was built.`);
  const first = reached(pieces, start, ({ imports }) => imports);
  const whole = reached(pieces, start, ({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  const strays = whole.flatMap((name) => pieces.get(name)?.moduleIds ?? []).filter((id) => id.includes(without));
  const folders = oneOf.map((folder) => whole.filter((name) => lies(pieces.get(name), folder)));
  const one = Math.max(0, ...folders.map((names) => weightOf(pieces, names)));
  const rest = (names: readonly string[]) => weightOf(pieces, names.filter((name) => !folders.flat().includes(name)));
  return { firstKb: rest(first) + one, wholeKb: rest(whole) + one, strays };
}

/** Whether a piece is made of a folder's modules alone. */
function lies(piece: Piece | undefined, folder: string): boolean {
  return piece !== undefined && piece.moduleIds.length > 0 && piece.moduleIds.every((id) => id.includes(folder));
}

/** Prints what the pages weigh, and fails the build where one is too heavy or carries what it should not. */
export function budget(...budgets: readonly Budget[]): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle(_, bundle) {
      const pieces = new Map(Object.entries(bundle).flatMap(([name, file]) => (file.type === "chunk" ? [[name, file]] : [])));
      for (const each of budgets) {
        const { firstKb, wholeKb, strays } = weigh(pieces, each);
        const figures = `${each.page}: ${firstKb.toFixed(1)} kB of ${each.firstKb} at first, ${wholeKb.toFixed(1)} kB of ${each.wholeKb} in all (JavaScript, gzipped)`;
        if (firstKb > each.firstKb || wholeKb > each.wholeKb) this.error(`Too heavy. ${figures}`);
        if (strays.length > 0) this.error(`${each.page} holds what it should not: ${strays.join(", ")}`);
        this.info(figures);
      }
    },
  };
}

function reached(pieces: ReadonlyMap<string, Piece>, start: readonly string[], next: (piece: Piece) => readonly string[]): string[] {
  const found = new Set(start);
  for (const name of found) {
    const piece = pieces.get(name);
    for (const each of piece === undefined ? [] : next(piece)) found.add(each);
  }
  return [...found];
}

function weightOf(pieces: ReadonlyMap<string, Piece>, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(pieces.get(name)?.code ?? "").length, 0) / 1_000;
}
