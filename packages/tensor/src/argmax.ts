import { checkTensor } from "./check-tensor.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/**
 * The column of the greatest entry of each row, the first of equals: the predicted classes.
 *
 * The first NaN of a row counts as its greatest.
 *
 * @param a Logits or probabilities, [batch, classes].
 * @returns One column a row, [batch].
 * @throws {ShapeError} when `a` is not of rank 2, or has rows but no columns.
 * @see PyTorch and NumPy `argmax` with axis 1.
 * @example
 * argmax(matrix([[0.1, 0.7, 0.2], [5, 5, 4]])) // => Int32Array.of(1, 0)
 */
export function argmax(a: Matrix): Int32Array {
  checkTensor("argmax", "a", a, 2);
  const [rows, columns] = a.shape;
  if (rows > 0 && columns === 0)
    throw new ShapeError(`argmax() expects at least one column, but a is [${rows}, ${columns}]`);
  return Int32Array.from({ length: rows }, (_, i) => {
    const row = a.data.subarray(i * columns, (i + 1) * columns);
    let best = 0;
    for (let j = 1; j < columns && !Number.isNaN(row[best]); j++)
      if (!(row[j]! <= row[best]!)) best = j; // greater, or NaN
    return best;
  });
}
