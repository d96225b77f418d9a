import { checkTensors } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import { products } from "./products.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix, Vector } from "./tensor.ts";

/**
 * The pre-activation of each row: a = b + W h, where h and a are rows.
 *
 * @param W Weights, [units, inputs].
 * @param b Biases, [units].
 * @param h Inputs, [batch, inputs].
 * @returns a, [batch, units], of the operands' dtype. Summed in doubles from the bias on, rounded once.
 * @throws {ShapeError} when an operand has another rank, or the shapes do not fit.
 * @throws {TypeError} when the dtypes differ.
 * @see Larochelle, Neural networks 1.5; PyTorch `linear(h, W, b)`.
 * @example
 * affine(matrix([[3, 4]]), vector([10]), matrix([[1, 2], [0, 0]])) // => matrix([[21], [10]])
 */
export function affine(W: Matrix, b: Vector, h: Matrix): Matrix {
  const dtype = checkTensors("affine", { W: [W, 2], b: [b, 1], h: [h, 2] });
  const [units, inputs] = W.shape;
  const [batch, columns] = h.shape;
  const forW = `for W of [${units}, ${inputs}]`;
  if (b.shape[0] !== units)
    throw new ShapeError(`affine() expects b of [${units}] ${forW}, but b is [${b.shape[0]}]`);
  if (columns !== inputs)
    throw new ShapeError(
      `affine() expects h of ${inputs} columns ${forW}, but h is [${batch}, ${columns}]`,
    );
  const data = floatArray(dtype, batch * units);
  products.nt(data, h.data, W.data, batch, units, inputs, b.data);
  return { shape: [batch, units], data };
}
