import type { Backend } from "@feedforward/tensor";

/** The layouts of a product: how it runs, given buffers. */
export type Layout = "nt" | "nn" | "tn";

const TRIES = 15;
const WARM = 20; // ms: by then the engine has optimised a kernel

/**
 * Seconds that a product spends before it multiplies: packing each operand once, looking for zeros.
 *
 * From outside this cannot be timed, but worked out: what a product of few rows would take if it had none
 * is the cost of B, and what one of few columns would take is that of A. An operand that is packed
 * several times counts once, so that this is the least it can be.
 */
export function packingSeconds(
  backend: Backend,
  layout: Layout,
  [m, n, k]: readonly [number, number, number],
): number {
  const seconds = (rows: number, columns: number): number => {
    const { session, buffers } = backend.open("float32", (zeros) => ({
      a: zeros(rows * k, "float"),
      b: zeros(columns * k, "float"),
      c: zeros(rows * columns, "float"),
    }));
    const { a, b, c } = buffers;
    for (const x of [a, b])
      for (let i = 0; i < x.length; i++) x[i] = ((i * 7919) % 1000) / 1000 + 0.001;
    let least = Infinity;
    const start = performance.now();
    for (let i = 0; i < TRIES || performance.now() - start < WARM; i++) {
      const began = performance.now();
      if (layout === "tn") session.tn(c, a, b, rows, columns, k, 0);
      else session[layout](c, a, b, rows, columns, k);
      least = Math.min(least, performance.now() - began);
    }
    return least / 1000;
  };
  const without = (few: number, more: number): number => Math.max(0, 2 * few - more);
  const ofB = m >= 24 ? without(seconds(12, n), seconds(24, n)) : 0;
  const ofA = n >= 128 ? without(seconds(m, 64), seconds(m, 128)) : 0;
  return ofA + ofB;
}
