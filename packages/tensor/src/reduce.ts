import { checkTensor } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import type { Matrix, Tensor, Vector } from "./tensor.ts";

/** Which axis of a matrix a reduction takes away. */
export interface ReduceOptions {
  /** 0 goes down the rows and leaves one entry for each column; 1 goes along each row and leaves one for each row. */
  readonly axis: 0 | 1;
}

/** How entries become one number: from `start`, one after the other in index order; then once, with their count. */
export interface Reduction {
  readonly start: number;
  readonly step: (reduced: number, entry: number) => number;
  readonly finish?: (reduced: number, count: number) => number;
}

/** Reduces all entries to a number, or one axis of a matrix to a vector. `caller` is for the messages. */
export function reduce(
  caller: string,
  reduction: Reduction,
  x: Tensor,
  options: ReduceOptions | undefined,
): number | Vector {
  if (options === undefined) {
    checkTensor(caller, "x", x);
    return reduceRun(reduction, x, 0, x.data.length, 1);
  }
  const dtype = checkTensor(caller, "x", x, 2);
  const { axis } = options;
  if (axis !== 0 && axis !== 1)
    throw new RangeError(
      `${caller}() expects an axis of 0 or 1, but axis is ${axis}: write ${caller}(x, { axis: 0 })`,
    );
  const [rows, columns] = (x as Matrix).shape;
  const data = floatArray(dtype, axis === 0 ? columns : rows);
  for (let i = 0; i < data.length; i++)
    data[i] =
      axis === 0
        ? reduceRun(reduction, x, i, rows, columns)
        : reduceRun(reduction, x, i * columns, columns, 1);
  return { shape: [data.length], data };
}

/** Reduces `count` entries, `stride` apart. */
function reduceRun(
  { start, step, finish }: Reduction,
  { data }: Tensor,
  offset: number,
  count: number,
  stride: number,
): number {
  let reduced = start;
  for (let i = 0; i < count; i++) reduced = step(reduced, data[offset + i * stride]!);
  return finish ? finish(reduced, count) : reduced;
}
