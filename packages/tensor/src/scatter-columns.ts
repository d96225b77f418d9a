import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/**
 * The listed columns of out[rows,columns] from x, where they lie side by side; the others become 0.
 *
 * Nothing is checked.
 *
 * @see `gatherColumns`, the other way round.
 * @example
 * const out = new Float32Array(6);
 * scatterColumns(out, Float32Array.of(1, 2, 3, 4), Int32Array.of(2, 1), 2, 3);
 * out // => Float32Array.of(0, 1, 2, 0, 3, 4)
 */
export const scatterColumns: Definition<
  [out: FloatArray, x: FloatArray, list: Int32Array, rows: number, columns: number]
> = define("scatterColumns", (out, x, list, rows, columns) => {
  const count = list[0]!;
  out.fill(0, 0, rows * columns);
  for (let i = 0; i < rows; i++)
    for (let p = 0; p < count; p++)
      out[i * columns + list[1 + (p >> 2)]! + (p & 3)] = x[i * count + p]!;
});
