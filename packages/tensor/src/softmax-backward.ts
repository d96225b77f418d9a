import { checkSameShape, checkTensors } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import type { Matrix } from "./tensor.ts";

/**
 * The gradient through the softmax, by row: grad_a_j = f_j (grad_f_j - sum over c of grad_f_c f_c).
 *
 * The slides' second step: a loss of the probabilities gives `gradF`, this gives `gradA`.
 *
 * @param f Probabilities, the output of `softmax`, [batch, classes].
 * @param gradF Gradient of a loss with respect to `f`, [batch, classes].
 * @returns Its gradient with respect to the pre-activations `a`, [batch, classes].
 * @throws {ShapeError} when a matrix is not of rank 2, or the shapes differ.
 * @throws {TypeError} when the dtypes differ.
 * @see Larochelle, Neural networks 2.3; PyTorch `softmax`, whose backward pass this is.
 * @example
 * softmaxBackward(matrix([[0.5, 0.5]]), matrix([[-2, 0]])).data // => Float32Array.of(-0.5, 0.5)
 */
export function softmaxBackward(f: Matrix, gradF: Matrix): Matrix {
  const dtype = checkTensors("softmaxBackward", { f: [f, 2], gradF: [gradF, 2] });
  checkSameShape("softmaxBackward", "gradF", gradF, "f", f);
  const [rows, columns] = f.shape;
  const gradA = floatArray(dtype, rows * columns);
  const [fs, grads] = [f.data, gradF.data];
  for (let start = 0; start < rows * columns; start += columns) {
    const end = start + columns;
    let dot = 0;
    for (let c = start; c < end; c++) dot += grads[c]! * fs[c]!;
    for (let j = start; j < end; j++) gradA[j] = fs[j]! * (grads[j]! - dot); // grad_a_j = f_j (grad_f_j - sum_c grad_f_c f_c)
  }
  return { shape: f.shape, data: gradA };
}
