import { checkTensors } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import { products } from "./products.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/**
 * The product with the first matrix transposed: C = A^T B, C_ij = sum over p of A_pi B_pj.
 *
 * Sums over the rows of both: the gradient of a weight matrix, summed over the examples.
 *
 * @param A [k, m].
 * @param B [k, n].
 * @returns C, [m, n], of the operands' dtype. Summed in doubles, rounded once.
 * @throws {ShapeError} when an operand is not of rank 2, or A and B have not as many rows.
 * @throws {TypeError} when the dtypes differ.
 * @see BLAS `gemm` with T and N; PyTorch `matmul(A.T, B)`.
 * @example
 * matmulTN(matrix([[1], [2]]), matrix([[3], [4]])) // => matrix([[11]])
 */
export function matmulTN(A: Matrix, B: Matrix): Matrix {
  const dtype = checkTensors("matmulTN", { A: [A, 2], B: [B, 2] });
  const [k, m] = A.shape;
  const [rows, n] = B.shape;
  if (rows !== k)
    throw new ShapeError(
      `matmulTN() expects B of ${k} rows for A of [${k}, ${m}], but B is [${rows}, ${n}]`,
    );
  const data = floatArray(dtype, m * n);
  products.tn(data, A.data, B.data, m, n, k, 0);
  return { shape: [m, n], data };
}
