import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/**
 * out[j] = sum over i of x[i,j], in the order of the rows: the gradient of a bias. Nothing is checked.
 *
 * @see `sum` with axis 0, which checks shapes.
 * @example
 * const out = new Float32Array(2);
 * sumRows(out, Float32Array.of(1, 2, 3, 4), 2, 2);
 * out // => Float32Array.of(4, 6)
 */
export const sumRows: Definition<[out: FloatArray, x: FloatArray, rows: number, columns: number]> =
  define("sumRows", (out, x, rows, columns) => {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += x[i * columns + j]!;
      out[j] = sum;
    }
  });
