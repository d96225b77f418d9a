import { checkTensors } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import { products } from "./products.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/**
 * The product with the second matrix transposed: C = A B^T, C_ij = sum over p of A_ip B_jp.
 *
 * Every row of A against every row of B: examples against the weights of units.
 *
 * @param A [m, k].
 * @param B [n, k].
 * @returns C, [m, n], of the operands' dtype. Summed in doubles, rounded once.
 * @throws {ShapeError} when an operand is not of rank 2, or A and B have not as many columns.
 * @throws {TypeError} when the dtypes differ.
 * @see `affine`, which adds a bias; BLAS `gemm` with N and T; PyTorch `matmul(A, B.T)`.
 * @example
 * matmulNT(matrix([[1, 2]]), matrix([[3, 4]])) // => matrix([[11]])
 */
export function matmulNT(A: Matrix, B: Matrix): Matrix {
  const dtype = checkTensors("matmulNT", { A: [A, 2], B: [B, 2] });
  const [m, k] = A.shape;
  const [n, columns] = B.shape;
  if (columns !== k)
    throw new ShapeError(
      `matmulNT() expects B of ${k} columns for A of [${m}, ${k}], but B is [${n}, ${columns}]`,
    );
  const data = floatArray(dtype, m * n);
  products.nt(data, A.data, B.data, m, n, k);
  return { shape: [m, n], data };
}
