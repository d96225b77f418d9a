import { permutation } from "@feedforward/tensor";
import { shuffleStream } from "./streams.ts";

/** Options of `batches`. */
export interface BatchesOptions {
  /** The number of examples, an integer from 0. */
  readonly count: number;
  /** The number of examples in a mini-batch, an integer from 1. */
  readonly batchSize: number;
  /** Decides the order, together with `epoch`. */
  readonly seed?: number;
  /** Which pass over the data, an integer from 0: each has an order of its own. */
  readonly epoch?: number;
  /** Whether the order is random; otherwise it is that of the examples. */
  readonly shuffle?: boolean;
}

/**
 * The mini-batches of one epoch, as row numbers: every example once, the last batch shorter where
 * `batchSize` does not divide `count`.
 *
 * The order depends on (count, seed, epoch) alone, so that an epoch can be entered anywhere. It is
 * laid out once; each batch is a view of it.
 *
 * @returns Views of `batchSize` row numbers in [0, count).
 * @throws {RangeError} when an option is out of its range.
 * @see PyTorch `DataLoader` (same last batch; there `shuffle` is off by default, here it is on,
 *   because gradient descent on sorted classes does not learn)
 * @example
 * const plain = batches({ count: 5, batchSize: 2, shuffle: false });
 * [...plain].map((rows) => [...rows]) // => [[0, 1], [2, 3], [4]]
 */
export function batches({
  count,
  batchSize,
  seed = 0,
  epoch = 0,
  shuffle = true,
}: BatchesOptions): Generator<Int32Array, void, undefined> {
  atLeast(0, { count });
  atLeast(1, { batchSize });
  atLeast(0, { seed });
  atLeast(0, { epoch });
  return views(count, batchSize, () =>
    shuffle
      ? permutation(new Int32Array(count), shuffleStream(seed, epoch))
      : Int32Array.from({ length: count }, (_, row) => row),
  );
}

function* views(
  count: number,
  batchSize: number,
  order: () => Int32Array,
): Generator<Int32Array, void, undefined> {
  const rows = order();
  for (let start = 0; start < count; start += batchSize)
    yield rows.subarray(start, Math.min(start + batchSize, count));
}

function atLeast(least: number, option: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(option))
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(`batches() expects an integer from ${least}, but ${name} is ${value}`);
}
