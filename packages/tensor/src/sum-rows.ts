import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/** out[j] = sum over i of x[i,j], in the order of the rows: the gradient of a bias. */
export const sumRows: Definition<[out: FloatArray, x: FloatArray, rows: number, columns: number]> =
  define("sumRows", (out, x, rows, columns) => {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += x[i * columns + j]!;
      out[j] = sum;
    }
  });
