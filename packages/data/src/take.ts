import { type Examples, type Rows, ShapeError, type Targets } from "@feedforward/tensor";

/**
 * Copies some rows of examples, in the order given; a row may be taken more than once.
 *
 * Pixels stay bytes.
 *
 * @param examples x, [examples, columns], and y, as many.
 * @param rows Which rows, integers in [0, examples).
 * @returns x, [rows, columns], and y, as many: copies.
 * @throws {RangeError} when a row is out of range.
 * @throws {ShapeError} when `x` and `y` have different numbers of rows.
 * @example
 * const all = examples([[0, 0], [1, 1], [2, 2]], [0, 1, 2]);
 * const some = take(all, [2, 0]);
 * [...some.x.data] // => [2, 2, 0, 0]
 * [...some.y] // => [2, 0]
 */
export function take<Y extends Targets>(
  { x, y }: Examples<Y>,
  rows: ArrayLike<number>,
): Examples<Y> {
  const count = x.shape[0];
  const targets = y instanceof Int32Array ? y.length : y.shape[0];
  if (targets !== count)
    throw new ShapeError(
      `take() expects a target for each of the ${count} rows of x, but y has ${targets}`,
    );
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (!(Number.isInteger(row) && row >= 0 && row < count))
      throw new RangeError(`take() expects rows in [0, ${count}), but rows[${i}] is ${row}`);
  }
  return { x: takeRows(x, rows), y: takeTargets(y, rows) as Y };
}

function takeTargets(y: Targets, rows: ArrayLike<number>): Targets {
  return y instanceof Int32Array ? Int32Array.from(rows, (row) => y[row]!) : takeRows(y, rows);
}

function takeRows<R extends Rows>(
  { shape: [count, columns], data }: R,
  rows: ArrayLike<number>,
): R {
  if (data.length !== count * columns)
    throw new ShapeError(
      `take() expects ${count * columns} values for [${count}, ${columns}], but data has ${data.length}`,
    );
  const Data = data.constructor as new (length: number) => typeof data;
  const taken = new Data(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * columns;
    taken.set(data.subarray(start, start + columns), i * columns);
  }
  return { shape: [rows.length, columns], data: taken } as unknown as R;
}
