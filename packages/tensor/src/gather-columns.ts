import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/**
 * The listed columns of x[rows,columns], side by side.
 *
 * Nothing is checked.
 *
 * @see `findColumns`, which writes such a list, and `scatterColumns`, which puts the columns back.
 * @example
 * const out = new Float32Array(4);
 * gatherColumns(out, Float32Array.of(1, 2, 3, 4, 5, 6), Int32Array.of(2, 1), 2, 3);
 * out // => Float32Array.of(2, 3, 5, 6)
 */
export const gatherColumns: Definition<
  [out: FloatArray, x: FloatArray, list: Int32Array, rows: number, columns: number]
> = define("gatherColumns", (out, x, list, rows, columns) => {
  const count = list[0]!;
  for (let i = 0; i < rows; i++)
    for (let p = 0; p < count; p++)
      out[i * count + p] = x[i * columns + list[1 + (p >> 2)]! + (p & 3)]!;
});
