import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/**
 * A mini-batch: out[i,j] = (x[rows[i],j] - mean[j]) / std[j] for the first `count` entries of `rows`.
 *
 * `x` may hold bytes: pixels become floats here, one mini-batch at a time. It may be `out` where
 * rows[i] = i. Nothing is checked.
 *
 * @see `gather`, which checks shapes and rows.
 * @example
 * const out = new Float32Array(2);
 * const [mean, std] = [Float32Array.of(10, 10), Float32Array.of(10, 20)];
 * gatherRows(out, Uint8Array.of(0, 0, 20, 50), Int32Array.of(1), 1, 2, mean, std);
 * out // => Float32Array.of(1, 2)
 */
export const gatherRows: Definition<
  [
    out: FloatArray,
    x: Uint8Array | FloatArray,
    rows: Int32Array,
    count: number,
    columns: number,
    mean: FloatArray,
    std: FloatArray,
  ]
> = define("gatherRows", (out, x, rows, count, columns, mean, std) => {
  for (let i = 0; i < count; i++) {
    const from = rows[i]! * columns;
    const to = i * columns;
    for (let j = 0; j < columns; j++) out[to + j] = (x[from + j]! - mean[j]!) / std[j]!;
  }
});
