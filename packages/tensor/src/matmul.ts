import { checkTensors } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import { products } from "./products.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/**
 * The product of two matrices: C = A B, C_ij = sum over p of A_ip B_pj.
 *
 * @param A [m, k].
 * @param B [k, n].
 * @returns C, [m, n], of the operands' dtype. Summed in doubles, rounded once.
 * @throws {ShapeError} when an operand is not of rank 2, or B has not a row for each column of A.
 * @throws {TypeError} when the dtypes differ.
 * @see `matmulNT` and `matmulTN` for a transposed operand; PyTorch `matmul`.
 * @example
 * matmul(matrix([[1, 2]]), matrix([[3], [4]])) // => matrix([[11]])
 */
export function matmul(A: Matrix, B: Matrix): Matrix {
  const dtype = checkTensors("matmul", { A: [A, 2], B: [B, 2] });
  const [m, k] = A.shape;
  const [rows, n] = B.shape;
  if (rows !== k)
    throw new ShapeError(
      `matmul() expects B of ${k} rows for A of [${m}, ${k}], but B is [${rows}, ${n}]`,
    );
  const data = floatArray(dtype, m * n);
  products.nn(data, A.data, B.data, m, n, k);
  return { shape: [m, n], data };
}
