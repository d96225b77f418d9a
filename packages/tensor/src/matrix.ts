import { type CreateOptions, checkCreation, copyNumbers } from "./create.ts";
import { floatArray } from "./float-array.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/**
 * A tensor of rank 2 from its rows, which are copied.
 *
 * @param rows Arrays of numbers, all of one length. No rows make [0, 0]; `zeros([0, n])` keeps its columns.
 * @throws {TypeError} when `rows` or a row is not an array, or an entry is not a number.
 * @throws {ShapeError} when the lengths of the rows differ.
 * @throws {RangeError} when the dtype is neither.
 * @see PyTorch `torch.tensor(rows)`.
 * @example
 * matrix([[1, 2], [3, 4]]) // => { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }
 */
export function matrix(rows: readonly ArrayLike<number>[], options: CreateOptions = {}): Matrix {
  const dtype = checkCreation("matrix", "rows", rows, options);
  const columns = rows[0]?.length ?? 0;
  rows.forEach((row, i) => {
    checkCreation("matrix", `rows[${i}]`, row, options);
    if (row.length !== columns)
      throw new ShapeError(
        `matrix() expects rows of one length, but rows[0] has ${columns} entries and rows[${i}] has ${row.length}`,
      );
  });
  const data = floatArray(dtype, rows.length * columns);
  rows.forEach((row, i) => {
    copyNumbers("matrix", `rows[${i}]`, data, i * columns, row);
  });
  return { shape: [rows.length, columns], data };
}
