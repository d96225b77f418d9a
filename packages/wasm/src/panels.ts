import type { Buffer } from "@feedforward/tensor";
import type { Kernel } from "./kernels-over.ts";
import type { Lying, Places } from "./places.ts";

// Weights W[units, inputs] are read and written fastest in panels: for 32 units at a time their weights of the first
// input, of the second, and so on, W[units / 32][inputs][32]. How a buffer lies between push and pull is nobody's
// business: so the first product with many rows turns W into panels, and its gradient is written as panels; an
// element-wise kernel has its other buffers turned too, once. Whatever needs rows turns them back, for good;
// only pull() leaves them to be turned again.

const WIDTH = 32;
/** Bytes of a row of a panel: the weights of 32 units. */
export const ROW: number = 4 * WIDTH;
/** What is smaller gains nothing. */
const [FEWEST_UNITS, FEWEST_INPUTS] = [64, 16];

interface Range {
  readonly from: number;
  readonly end: number;
}

/** W[units, inputs] in panels. */
interface Panelled extends Range {
  readonly units: number;
  readonly inputs: number;
}

/** What lies in panels in the memory of a session. */
export interface Panels {
  /** Grows when a buffer is turned: what was found out about operands before it holds until then. */
  readonly turns: number;
  /** Whether B[n,k] of a product `nt` of m rows lies in panels: from now on it does where that is worth it. */
  holdB(places: Places, m: number, n: number, k: number): boolean;
  /** Whether C[m,n] of a product `tn` lies in panels: from now on it does where weights of its shape do. */
  holdC(places: Places, m: number, n: number, beta: number): boolean;
  /** Has the operands of a product `nn` lie in rows, for good. */
  keepAllInRows(places: Places): void;
  /** Has these, of one length, lie in one way; whether that is in panels. */
  align(buffers: readonly Buffer[]): boolean;
  /** Has these lie in rows, for good. */
  keepInRows(...buffers: readonly (Buffer | undefined)[]): void;
  /** Has these lie in rows. */
  putInRows(buffers: readonly Buffer[]): void;
  /** These were written, in rows. */
  written(buffers: readonly Buffer[]): void;
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

  const found = (range: Range): readonly Panelled[] => panelled.filter((one) => overlap(one, range));
  const liesInPanels = (buffer: Buffer): boolean => found(rangeOf(buffer)).length > 0;
  const isKept = (range: Range): boolean => inRows.some((one) => overlap(one, range));

  function forget(one: Range): void {
    panelled = panelled.filter((other) => other !== one);
    turns++;
  }

  function turnBack(buffer: Buffer): void {
    for (const one of found(rangeOf(buffer))) {
      transposeEach!(one.from, one.units / WIDTH, one.inputs, WIDTH, scratch);
      forget(one);
    }
  }

  function turn(buffer: Buffer, units: number, inputs: number, kept: boolean): boolean {
    const range = rangeOf(buffer);
    const one = found(range)[0];
    if (one && isSame(one, range) && one.units === units && one.inputs === inputs) return true;
    if (one) turnBack(buffer);
    const fits = units % WIDTH === 0 && buffer.length === units * inputs;
    if (!fits || isKept(range)) return false;
    if (kept && !transposeEach!(range.from, units / WIDTH, WIDTH, inputs, scratch)) return false;
    panelled = [...panelled, { ...range, units, inputs }];
    turns++;
    return true;
  }

  function keepInRows(...buffers: readonly (Buffer | undefined)[]): void {
    if (panelled.length === 0) return;
    for (const buffer of buffers) {
      if (!buffer || !liesInPanels(buffer)) continue;
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
      if (isKnown(lying, n, k) && (lying.many || !many)) return lying.inPanels;
      keepInRows(c, a, bias);
      const isWorthIt = many && n >= FEWEST_UNITS && k >= FEWEST_INPUTS;
      const inPanels = (isWorthIt || liesInPanels(b)) && turn(b, n, k, true);
      places.lying = { turns, many, rows: n, columns: k, inPanels };
      return inPanels;
    },
    holdC(places, m, n, beta) {
      const { lying, c, a, b } = places;
      if (isKnown(lying, m, n)) return lying.inPanels;
      keepInRows(a, b);
      const isGradient = panelled.some(({ units, inputs }) => units === m && inputs === n);
      if (!isGradient) keepInRows(c);
      const inPanels = isGradient && turn(c, m, n, beta !== 0);
      places.lying = { turns, many: true, rows: m, columns: n, inPanels };
      return inPanels;
    },
    keepAllInRows(places) {
      if (places.lying.turns === turns) return;
      keepInRows(places.c, places.a, places.b);
      places.lying = { turns, many: true, rows: 0, columns: 0, inPanels: false };
    },
    align(buffers) {
      if (panelled.length === 0) return false;
      const one = buffers.flatMap((buffer) => found(rangeOf(buffer)))[0];
      if (!one) return false;
      const all = buffers.every((buffer) => turn(buffer, one.units, one.inputs, true));
      if (!all) keepInRows(...buffers);
      return all;
    },
    keepInRows,
    putInRows(buffers) {
      if (panelled.length > 0) buffers.forEach(turnBack);
    },
    written(buffers) {
      if (panelled.length === 0) return;
      for (const buffer of buffers) found(rangeOf(buffer)).forEach(forget);
    },
  };
}
