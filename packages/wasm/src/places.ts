import type { FloatArray } from "@feedforward/tensor";
import type { Panelled } from "./panels.ts";

const MOST_REMEMBERED = 64; // products of a layout: a run repeats few

/** The operands of a product, and where they are. */
export interface Places {
  readonly c: FloatArray;
  readonly a: FloatArray;
  readonly b: FloatArray;
  readonly bias: FloatArray | undefined;
  readonly cAt: number;
  readonly aAt: number;
  readonly bAt: number;
  /** 0 where there is none. */
  readonly biasAt: number;
  /** What was found out about how they lie: it holds for so many turns, and for a matrix [rows,columns]. */
  lying: Lying;
}

/** What was found out about the matrix of a product that may lie in panels. */
export interface Lying {
  readonly turns: number;
  /** Whether it was asked for a product of many rows. */
  readonly many: boolean;
  readonly rows: number;
  readonly columns: number;
  /** Undefined where it lies in rows. */
  readonly panelled: Panelled | undefined;
}

const unknown: Lying = { turns: -1, many: false, rows: 0, columns: 0, panelled: undefined };

/**
 * Finds where the operands of a product are in a memory; undefined unless all are floats in it.
 *
 * It remembers them: to ask a view for its buffer and offset takes longer than a small product.
 */
export function placesIn(
  memoryBuffer: unknown,
): (c: FloatArray, a: FloatArray, b: FloatArray, bias?: FloatArray) => Places | undefined {
  const remembered: Places[] = [];
  const ours = (buffer: FloatArray): boolean =>
    buffer.buffer === memoryBuffer && buffer instanceof Float32Array;
  return (c, a, b, bias) => {
    for (let i = 0; i < remembered.length; i++) {
      const one = remembered[i]!;
      if (one.c === c && one.a === a && one.b === b && one.bias === bias) return one;
    }
    if (!ours(c) || !ours(a) || !ours(b) || (bias && !ours(bias))) return undefined;
    const [cAt, aAt, bAt, biasAt] = [c.byteOffset, a.byteOffset, b.byteOffset, bias?.byteOffset];
    const places = { c, a, b, bias, cAt, aAt, bAt, biasAt: biasAt ?? 0, lying: unknown };
    if (remembered.length < MOST_REMEMBERED) remembered.push(places);
    return places;
  };
}
