import type { Dtype } from "./backend.ts";
import { checkShape, kindOf } from "./check-tensor.ts";
import type { Rows, Standardiser } from "./examples.ts";
import { checkDtype, dtypeOf, floatArray } from "./float-array.ts";
import { gatherRows } from "./gather-rows.ts";
import { ShapeError } from "./shape-error.ts";
import type { Matrix } from "./tensor.ts";

/** How gathered rows depart from the rows as they are. */
export interface GatherOptions {
  /** Makes each entry (x - mean) / std of its column; none unless told. */
  readonly standardiser?: Standardiser;
  /** The dtype of `x` unless told; of bytes, `"float32"`. */
  readonly dtype?: Dtype;
}

/**
 * Some rows of x, in the order asked for, as floats: out_ij = x_rj with r = rows_i, or (x_rj - mean_j) / std_j.
 *
 * A mini-batch out of a data set. A row may be asked for more than once.
 *
 * @param x Floats or bytes, [any, columns].
 * @param rows Which rows: whole numbers in [0, the rows of x).
 * @returns Fresh rows, [rows.length, columns].
 * @throws {RangeError} when an entry of `rows` is not a row of `x`.
 * @throws {ShapeError} when `x` is not of rank 2, or the standardiser has not one entry for each column.
 * @throws {TypeError} when `x` is not floats or bytes, or `rows` is not an Int32Array.
 * @see TensorFlow `gather`; PyTorch `index_select` with dim 0, whose `gather` is another function.
 * @example
 * gather(matrix([[1, 2], [3, 4], [5, 6]]), Int32Array.of(2, 0)) // => matrix([[5, 6], [1, 2]])
 */
export function gather(
  x: Rows,
  rows: Int32Array,
  { standardiser, dtype }: GatherOptions = {},
): Matrix {
  const own = checkRows(x);
  if (dtype !== undefined) checkDtype("gather", dtype);
  const [height, columns] = x.shape;
  checkIndices(rows, height);
  for (const name of ["mean", "std"] as const)
    if (standardiser && standardiser[name]?.length !== columns)
      throw new ShapeError(
        `gather() expects a ${name} for each column of x of [${height}, ${columns}], but ${name} has ${standardiser[name]?.length ?? "no"} entries`,
      );
  const { mean, std } = standardiser ?? {
    mean: new Float32Array(columns),
    std: new Float32Array(columns).fill(1),
  };
  const out = floatArray(dtype ?? own, rows.length * columns);
  gatherRows(out, x.data, rows, rows.length, columns, mean, std);
  return { shape: [rows.length, columns], data: out };
}

/** Throws unless `x` is rows of floats or bytes; returns the dtype that they become. */
function checkRows(x: Rows): Dtype {
  const bytes = Object.prototype.toString.call(x?.data) === "[object Uint8Array]";
  const dtype = bytes ? "float32" : dtypeOf(x?.data);
  if (!dtype || !Array.isArray(x.shape))
    throw new TypeError(
      `gather() expects x as { shape, data } of floats or bytes, but x is ${kindOf(x)}`,
    );
  if (x.shape.length !== 2)
    throw new ShapeError(`gather() expects x of rank 2, but x is [${x.shape.join(", ")}]`);
  checkShape("gather", "x", x.shape);
  const [rows, columns] = x.shape;
  if (x.data.length !== rows * columns)
    throw new ShapeError(
      `gather() expects x of [${rows}, ${columns}] to hold ${rows * columns} entries, but its data hold ${x.data.length}`,
    );
  return dtype;
}

function checkIndices(rows: Int32Array, height: number): void {
  if (Object.prototype.toString.call(rows) !== "[object Int32Array]")
    throw new TypeError(
      `gather() expects rows in an Int32Array, but rows is ${kindOf(rows)}: write Int32Array.from(rows)`,
    );
  const i = rows.findIndex((row) => row < 0 || row >= height);
  if (i >= 0)
    throw new RangeError(
      `gather() expects rows in [0, ${height}), but rows[${i}] is ${rows[i]}` +
        (rows[i] === height ? ": rows count from 0" : ""),
    );
}
