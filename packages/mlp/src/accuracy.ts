import type { FloatArray } from "@feedforward/tensor";
import type { Metric } from "./metric.ts";

/** The column of the greatest entry of a row, the first of equals; of a single column 1 where it is above `threshold`. */
export function classOf(a: FloatArray, row: number, columns: number, threshold: number): number {
  const start = row * columns;
  if (columns === 1) return a[start]! > threshold ? 1 : 0;
  let best = 0;
  for (let c = 1; c < columns; c++) if (a[start + c]! > a[start + best]!) best = c;
  return best;
}

/**
 * The accuracy: the fraction of the examples whose most probable class is the right one.
 *
 * Of classes, the right one is `y`; of probabilities, the most probable in `y`. A network of one
 * output says 1 where its logit is above 0, which is right where `y` is above 1/2.
 *
 * @see Larochelle, Neural networks 2.10 (the classification error is 1 - accuracy).
 * @example
 * accuracy.ofClasses(Float32Array.of(2, 1, 0, 3), Int32Array.of(0, 0), 2, 2) // => 1
 */
export const accuracy: Required<Metric<"accuracy">> = {
  name: "accuracy",
  ofClasses: (a, y, rows, columns) => {
    let right = 0;
    for (let r = 0; r < rows; r++) if (classOf(a, r, columns, 0) === y[r]) right++;
    return right;
  },
  ofValues: (a, y, rows, columns) => {
    let right = 0;
    for (let r = 0; r < rows; r++)
      if (classOf(a, r, columns, 0) === classOf(y, r, columns, 0.5)) right++;
    return right;
  },
};
