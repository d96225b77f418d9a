import { type Examples, permutation, type Targets } from "@feedforward/tensor";
import { apportion, apportionTable } from "./apportion.ts";
import { splitStream } from "./streams.ts";
import { take } from "./take.ts";

/** Options of `split`. */
export interface SplitOptions {
  /** Decides which example goes where. */
  readonly seed?: number;
  /** Whether each part gets its share of every class. By default where `y` is classes. */
  readonly stratify?: boolean;
}

/**
 * Splits examples at random into named parts: training, validation, test.
 *
 * Sizes are fractions that add up to 1, or numbers of examples that add up to all of them (numbers
 * above 1 are numbers of examples). Fractions are rounded by largest remainder. Stratified, each
 * part has within 1 example of its exact share of every class. The same seed gives the same parts.
 *
 * @param examples x, [examples, columns], and y, as many.
 * @param parts The size of each part by its name.
 * @returns The parts by their names: copies, each in the order of `examples` (`batches` shuffles).
 * @throws {RangeError} when sizes do not add up, or a class has fewer examples than there are parts.
 * @throws {TypeError} when `stratify` is asked for and `y` is no classes.
 * @see scikit-learn `train_test_split` (there the parts are shuffled, and stratified on request)
 * @example
 * const all = examples([[1], [2], [3], [4], [5], [6], [7], [8]], [0, 0, 0, 0, 1, 1, 1, 1]);
 * const { train, test } = split(all, { train: 0.75, test: 0.25 }, { seed: 1 });
 * [...train.y] // => [0, 0, 0, 1, 1, 1]
 * [...test.y] // => [0, 1]
 */
export function split<Y extends Targets, Part extends string>(
  examples: Examples<Y>,
  parts: Readonly<Record<Part, number>>,
  { seed = 0, stratify = examples.y instanceof Int32Array }: SplitOptions = {},
): Record<Part, Examples<Y>> {
  const count = examples.x.shape[0];
  const names = Object.keys(parts) as Part[];
  const sizes = sizesOf(parts, count);
  const order = permutation(new Int32Array(count), splitStream(seed));
  const strata = stratify ? strataOf(examples.y, order, sizes) : [order];
  const table = apportionTable(
    strata.map(({ length }) => length),
    sizes,
  );
  const rows: number[][] = names.map(() => []);
  for (const [i, stratum] of strata.entries()) {
    let start = 0;
    for (const [j, size] of table[i]!.entries()) {
      for (const row of stratum.slice(start, start + size)) rows[j]!.push(row);
      start += size;
    }
  }
  const ascending = (a: number, b: number): number => a - b;
  return Object.fromEntries(
    names.map((name, j) => [name, take(examples, rows[j]!.sort(ascending))]),
  ) as Record<Part, Examples<Y>>;
}

function sizesOf(parts: Readonly<Record<string, number>>, count: number): number[] {
  const sizes = Object.values(parts);
  const said = Object.entries(parts)
    .map(([name, size]) => `${name} ${size}`)
    .join(", ");
  if (!sizes.length || !sizes.every((size) => size >= 0))
    throw new RangeError(`split() expects sizes from 0, but parts is { ${said} }`);
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sizes.every((size) => size <= 1) && Math.abs(sum - 1) < 1e-9) return apportion(count, sizes);
  if (sizes.every(Number.isInteger) && sum === count) return sizes;
  throw new RangeError(
    `split() expects fractions that add up to 1, or numbers that add up to the ${count} examples, but ${said} add up to ${sum}: name the rest as a part of its own`,
  );
}

/** The rows of each class, classes ascending, rows in the order given. */
function strataOf(y: Targets, order: Int32Array, sizes: readonly number[]): number[][] {
  if (!(y instanceof Int32Array))
    throw new TypeError(
      `split() expects classes to stratify by, but y is [${y.shape.join(", ")}]: pass stratify: false`,
    );
  const byClass = new Map<number, number[]>();
  for (const row of order) {
    const rows = byClass.get(y[row]!);
    if (rows) rows.push(row);
    else byClass.set(y[row]!, [row]);
  }
  const classes = [...byClass].sort(([a], [b]) => a - b);
  const filled = sizes.filter((size) => size > 0).length;
  const small = classes.find(([, rows]) => rows.length < filled);
  if (small)
    throw new RangeError(
      `split() expects at least ${filled} examples of each class for ${filled} parts, but class ${small[0]} has ${small[1].length}: pass stratify: false`,
    );
  return classes.map(([, rows]) => rows);
}
