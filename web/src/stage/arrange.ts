/** The number of columns that shows all faces largest in the space. */

export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
}

/** A face fits a rectangle a little wider than high; the rest of a picture shows wall. */
const FACE_RATIO = 1.2;

/** The columns and rows for `count` tiles in `width` by `height` pixels; the fewest columns if several fit equally. */
export function arrange(count: number, width: number, height: number): Arrangement {
  let best: Arrangement = { columns: 1, rows: Math.max(1, count) };
  let largest = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const face = Math.min(width / columns / FACE_RATIO, height / rows);
    if (face > largest) {
      largest = face;
      best = { columns, rows };
    }
  }
  return best;
}
