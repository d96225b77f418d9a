import { type Examples, type Matrix, type Rows, ShapeError } from "@feedforward/tensor";
import { kindOf } from "./kind-of.ts";

/**
 * Makes examples of arrays in memory: inputs and their targets, row for row.
 *
 * Everything is checked once, here: a NaN that gets past costs days. Arrays of numbers are copied
 * into float64, so that large raw values (times, prices) lose nothing before they are standardised;
 * `Rows` and typed arrays are taken as they are, without a copy.
 *
 * @param x Inputs, one example a row, [examples, columns]; all finite.
 * @param y The class of each example, integers from 0; or a row of finite values for each
 *   (probabilities, regression targets), [examples, values].
 * @returns The examples, with `y` an Int32Array of classes or a matrix.
 * @throws {TypeError} when `x` or `y` is no array of numbers.
 * @throws {ShapeError} when rows have different lengths, or `x` and `y` different numbers of rows.
 * @throws {RangeError} when a value is not finite, or a class is no integer from 0.
 * @example
 * const { x, y } = examples([[0, 1], [1, 1], [1, 0]], [1, 0, 1]);
 * x.shape // => [3, 2]
 * [...y] // => [1, 0, 1]
 */
export function examples(
  x: Rows | readonly (readonly number[])[],
  y: Int32Array | readonly number[],
): Examples<Int32Array>;
export function examples(
  x: Rows | readonly (readonly number[])[],
  y: Matrix | readonly (readonly number[])[],
): Examples<Matrix>;
export function examples(
  x: Rows | readonly (readonly number[])[],
  y: Int32Array | Matrix | readonly (number | readonly number[])[],
): Examples {
  const inputs = rowsOf(x, "x");
  const targets = isClasses(y) ? classesOf(y) : rowsOf(y as Matrix, "y");
  const count = targets instanceof Int32Array ? targets.length : targets.shape[0];
  if (count !== inputs.shape[0])
    throw new ShapeError(
      `examples() expects a target for each of the ${inputs.shape[0]} rows of x, but y has ${count}`,
    );
  return { x: inputs, y: targets };
}

function isClasses(y: unknown): y is Int32Array | readonly number[] {
  return y instanceof Int32Array || (Array.isArray(y) && !Array.isArray(y[0]));
}

function classesOf(y: Int32Array | readonly number[]): Int32Array {
  for (const [row, value] of y.entries())
    if (!Number.isInteger(value) || value < 0 || value > 0x7fff_ffff)
      throw new RangeError(
        `examples() expects integer classes from 0, but y[${row}] is ${value}: give values to regress on as rows, [[${value}], …]`,
      );
  return y instanceof Int32Array ? y : Int32Array.from(y);
}

function rowsOf<R extends Rows>(values: R | readonly (readonly number[])[], name: string): R {
  const rows = Array.isArray(values) ? packed(values, name) : (values as R);
  const data: unknown = rows?.data;
  if (!(data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array))
    throw new TypeError(
      `examples() expects rows of numbers or { shape, data } of uint8, float32 or float64, but ${name} is ${kindOf(values)}`,
    );
  const [count, columns] = rows.shape;
  if (rows.shape.length !== 2 || data.length !== count * columns)
    throw new ShapeError(
      `examples() expects ${name} of [rows, columns] with as many values, but ${name} is [${rows.shape.join(", ")}] with ${data.length}`,
    );
  if (data instanceof Uint8Array) return rows as R;
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new RangeError(
      `examples() expects finite values, but ${name}[${Math.floor(at / columns)}][${at % columns}] is ${data[at]}`,
    );
  return rows as R;
}

function packed(values: readonly (readonly number[])[], name: string): Matrix {
  const columns = values[0]?.length ?? 0;
  const data = new Float64Array(values.length * columns);
  for (const [row, value] of values.entries()) {
    if (value?.length !== columns)
      throw new ShapeError(
        `examples() expects ${columns} values in each row of ${name}, but ${name}[${row}] has ${value?.length}`,
      );
    data.set(value, row * columns);
  }
  return { shape: [values.length, columns], data };
}
