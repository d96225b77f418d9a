import type { Machine } from "../src/machine.ts";

/** What the kernels should compute, in doubles. */
export const exact: Readonly<Record<"exp" | "log" | "tanh" | "sigmoid", (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** The worst error, in units in the last place of the exact result, and where it is. */
export interface Worst {
  readonly error: number;
  readonly x: number;
}

const COUNT = 4096;

/** The worst error of a kernel over every `stride`-th float, special ones included. */
export function worstError(machine: Machine, name: keyof typeof exact, stride: number): Worst {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const kernel = machine.over(memory)[name]!;
  const bits = new Uint32Array(memory.buffer, 64, COUNT);
  const xs = new Float32Array(memory.buffer, 64, COUNT);
  const got = new Float32Array(memory.buffer, 64 + 4 * COUNT, COUNT);
  let worst: Worst = { error: 0, x: 0 };
  for (let start = 0; start < 2 ** 32; start += COUNT * stride) {
    for (let i = 0; i < COUNT; i++) bits[i] = start + i * stride;
    kernel(got.byteOffset, xs.byteOffset, COUNT);
    for (let i = 0; i < COUNT; i++) {
      const error = errorOf(got[i]!, exact[name](xs[i]!));
      if (!(error <= worst.error)) worst = { error, x: xs[i]! };
    }
  }
  return worst;
}

const float = new Float32Array(1);
const floatBits = new Uint32Array(float.buffer);

/** How far a float is from a double, in units in the last place of a float of that size. */
function errorOf(got: number, wanted: number): number {
  if (Object.is(got, Math.fround(wanted)) && !Number.isFinite(got)) return 0;
  return Math.abs(got - wanted) / unitOf(Math.fround(wanted));
}

function unitOf(x: number): number {
  float[0] = x;
  const exponent = (floatBits[0]! >>> 23) & 0xff;
  return 2 ** (Math.max(exponent, 1) - 150);
}
