import type { Backend } from "@feedforward/tensor";
import { expect } from "vitest";
import { numbers } from "./numbers.ts";

/** Of products. */
export const sizes: [m: number, n: number, k: number][] = [
  [1, 1, 1],
  [1, 13, 5],
  [9, 1, 4],
  [4, 3, 1],
  [5, 10, 0],
  [0, 4, 4],
  [4, 0, 4],
  [32, 10, 128],
  [13, 41, 17],
  [17, 9, 600],
  [250, 20, 500],
];

export type Kind = "nt" | "ntWithBias" | "nn" | "tn" | "tnOnto";
export const kinds: Kind[] = ["nt", "ntWithBias", "nn", "tn", "tnOnto"];

export interface Operands {
  readonly c: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly bias: Float32Array;
}

/** Operands of a size, made of `make`. */
export function operands([m, n, k]: (typeof sizes)[0], make: typeof numbers = numbers): Operands {
  return { c: make(m * n, 1), a: make(m * k, 2), b: make(n * k, 3), bias: make(n, 4) };
}

const AROUND = 3;

/** C on a backend; around each operand lie others, which must stay as they were. */
export function compute(
  backend: Backend,
  kind: Kind,
  size: (typeof sizes)[0],
  from: Operands,
  times = 1,
): Float32Array {
  const { session, buffers } = backend.open("float32", (zeros) => {
    const wide = (x: Float32Array) => zeros(x.length + 2 * AROUND, "float") as Float32Array;
    return { c: wide(from.c), a: wide(from.a), b: wide(from.b), bias: wide(from.bias) };
  });
  const inside = (name: keyof Operands) =>
    buffers[name].subarray(AROUND, buffers[name].length - AROUND);
  for (const name of ["c", "a", "b", "bias"] as const) {
    buffers[name].fill(77);
    inside(name).set(from[name]);
  }
  const [c, a, b, bias] = [inside("c"), inside("a"), inside("b"), inside("bias")];
  for (let time = 0; time < times; time++) {
    c.set(from.c);
    if (kind === "nt") session.nt(c, a, b, ...size);
    else if (kind === "ntWithBias") session.nt(c, a, b, ...size, bias);
    else if (kind === "nn") session.nn(c, a, b, ...size);
    else session.tn(c, a, b, ...size, kind === "tn" ? 0 : 1);
  }
  for (const buffer of Object.values(buffers))
    expect([...buffer.subarray(0, AROUND), ...buffer.subarray(-AROUND)]).toEqual(Array(6).fill(77));
  return c.slice();
}
