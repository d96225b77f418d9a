import type { Buffer } from "@feedforward/tensor";
import type { Kernel } from "./kernels-over.ts";
import type { Lying, Places } from "./places.ts";

// Weights W[units, inputs] are read and written fastest in panels: for 32 units at a time their weights of the first
// input, of the second, and so on, W[units / 32][inputs][32]. How a buffer lies between push and pull is nobody's
// business: so the first product with many rows turns W into panels, and its gradient is written as panels; an
// element-wise kernel has its other buffers turned too, once. Whatever needs rows turns them back, for good;
// only pull() leaves them to be turned again.

/** Units of a panel, and the columns that a product packs at a time. */
export const WIDTH = 32;
/** Bytes of a row of a panel: the weights of 32 units. */
export const ROW: number = 4 * WIDTH;
/** What is smaller gains nothing. */
const [FEWEST_UNITS, FEWEST_INPUTS] = [64, 16];

interface Range {
  readonly from: number;
  readonly end: number;
}

/** A matrix [units, inputs] in panels, and what is known of it until it is written again. */
export interface Panelled extends Range {
  readonly units: number;
  readonly inputs: number;
  /** Whether it has neither NaN nor infinities: only then inputs of zero need not be multiplied. */
  isFinite: boolean;
  /** Whether the runs tell which of its inputs may have anything but zeros. */
  hasRuns: boolean;
}

/** What lies in panels in the memory of a session. */
export interface Panels {
  /** Grows when a buffer is turned: what was found out about operands before it holds until then. */
  readonly turns: number;
  /** B[n,k] of a product `nt` of m rows, if it lies in panels: from now on it does where that is worth it. */
  holdB(places: Places, m: number, n: number, k: number): Panelled | undefined;
  /** C[m,n] of a product `tn`, if it lies in panels: from now on it does where weights of its shape do. */
  holdC(places: Places, m: number, n: number, beta: number): Panelled | undefined;
  /** Has the operands of a product `nn` lie in rows, for good. */
  keepAllInRows(places: Places): void;
  /** The matrices that these buffers are, if they lie in panels; else all of them lie in rows from now on. */
  align(buffers: readonly Buffer[]): readonly Panelled[] | undefined;
  /** Has these lie in rows, for good. */
  keepInRows(...buffers: readonly (Buffer | undefined)[]): void;
  /** Has these lie in rows. */
  putInRows(buffers: readonly Buffer[]): void;
  /** These were written, in rows. */
  written(buffers: readonly Buffer[]): void;
  /** The runs are those of this gradient; gives whether they were before. */
  takeRuns(gradient: Panelled): boolean;
}

const overlap = (a: Range, b: Range): boolean => a.from < b.end && b.from < a.end;
const isSame = (a: Range, b: Range): boolean => a.from === b.from && a.end === b.end;

/** Nothing lies in panels yet. */
export function panelsIn(
  memoryBuffer: unknown,
  { transposeEach }: Readonly<Record<string, Kernel>>,
  scratch: number,
): Panels {
  let panelled: readonly Panelled[] = [];
  const inRows: Range[] = []; // for good
  const ranges = new WeakMap<Buffer, Range>();
  let turns = 0;
  let withRuns: Panelled | undefined;

  /** Where a buffer is: to ask it each time takes longer than a small kernel. */
  function rangeOf(buffer: Buffer): Range {
    let range = ranges.get(buffer);
    if (!range) {
      const from = buffer.buffer === memoryBuffer ? buffer.byteOffset : -1;
      range = { from, end: from < 0 ? -1 : from + buffer.byteLength };
      ranges.set(buffer, range);
    }
    return range;
  }

  const overlaps = (x: Buffer, y: Buffer): boolean => overlap(rangeOf(x), rangeOf(y));

  function find(buffer: Buffer): Panelled | undefined {
    const range = rangeOf(buffer);
    return panelled.find((one) => overlap(one, range));
  }

  function forget(one: Panelled): void {
    panelled = panelled.filter((other) => other !== one);
    turns++;
  }

  function turnBack(buffer: Buffer): void {
    for (let one = find(buffer); one; one = find(buffer)) {
      transposeEach!(one.from, one.units / WIDTH, one.inputs, WIDTH, scratch);
      forget(one);
    }
  }

  function turn(
    buffer: Buffer,
    units: number,
    inputs: number,
    kept: boolean,
  ): Panelled | undefined {
    const range = rangeOf(buffer);
    const one = find(buffer);
    if (one && isSame(one, range) && one.units === units && one.inputs === inputs) return one;
    if (one) turnBack(buffer);
    const fits = units % WIDTH === 0 && buffer.length === units * inputs;
    if (!fits || inRows.some((other) => overlap(other, range))) return undefined;
    if (kept && !transposeEach!(range.from, units / WIDTH, WIDTH, inputs, scratch))
      return undefined;
    const turned = { ...range, units, inputs, isFinite: false, hasRuns: false };
    panelled = [...panelled, turned];
    turns++;
    return turned;
  }

  function keepInRows(...buffers: readonly (Buffer | undefined)[]): void {
    if (panelled.length === 0) return;
    for (const buffer of buffers) {
      if (!buffer || !find(buffer)) continue;
      turnBack(buffer);
      inRows.push(rangeOf(buffer));
    }
  }

  const isKnown = (lying: Lying, rows: number, columns: number): boolean =>
    lying.turns === turns && lying.rows === rows && lying.columns === columns;

  return {
    get turns() {
      return turns;
    },
    holdB(places, m, n, k) {
      const { lying, c, a, b, bias } = places;
      const many = m > 1;
      if (isKnown(lying, n, k) && (lying.many || !many)) return lying.panelled;
      const isRead = overlaps(a, b) || (bias !== undefined && overlaps(bias, b)); // in rows
      keepInRows(c, a, bias, isRead ? b : undefined);
      const isWorthIt = many && n >= FEWEST_UNITS && k >= FEWEST_INPUTS && !isRead;
      const one = isWorthIt || find(b) ? turn(b, n, k, true) : undefined;
      places.lying = { turns, many, rows: n, columns: k, panelled: one };
      return one;
    },
    holdC(places, m, n, beta) {
      const { lying, c, a, b } = places;
      if (isKnown(lying, m, n)) return lying.panelled;
      keepInRows(a, b);
      const isGradient = panelled.some(({ units, inputs }) => units === m && inputs === n);
      if (!isGradient) keepInRows(c);
      const one = isGradient ? turn(c, m, n, beta !== 0) : undefined;
      places.lying = { turns, many: true, rows: m, columns: n, panelled: one };
      return one;
    },
    keepAllInRows(places) {
      if (places.lying.turns === turns) return;
      keepInRows(places.c, places.a, places.b);
      places.lying = { turns, many: true, rows: 0, columns: 0, panelled: undefined };
    },
    align(buffers) {
      if (panelled.length === 0) return undefined;
      const some = buffers.map(find).find((one) => one !== undefined);
      if (!some) return undefined;
      const all = buffers.map((buffer) => turn(buffer, some.units, some.inputs, true));
      // One that overlaps another was turned back for it.
      if (all.every((one) => one !== undefined && panelled.includes(one))) return all as Panelled[];
      keepInRows(...buffers);
      return undefined;
    },
    keepInRows,
    putInRows(buffers) {
      if (panelled.length > 0) buffers.forEach(turnBack);
    },
    written(buffers) {
      if (panelled.length === 0) return;
      for (const buffer of buffers)
        for (let one = find(buffer); one; one = find(buffer)) forget(one);
    },
    takeRuns(gradient) {
      const had = gradient === withRuns && gradient.hasRuns;
      if (withRuns) withRuns.hasRuns = false;
      withRuns = gradient;
      return had;
    },
  };
}
