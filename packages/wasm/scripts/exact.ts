import type { Kernel } from "../src/kernels-over.ts";
import type { Machine, Variant } from "../src/machine.ts";

/** A kernel of one elementary function, or as good as that. */
export type Name = "exp" | "log" | "tanh" | "sigmoid" | "elu" | "softplus";

/** What no function may be worse than, in units in the last place. */
export const MOST = 2;

/** What the kernels should compute, in doubles. */
export const exact: Readonly<Record<Name, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** The worst error, in units in the last place of the exact result, and where it is. */
export interface Worst {
  readonly error: number;
  readonly x: number;
}

/** What worst-errors.json keeps. */
export type WorstErrors = readonly (Worst & {
  readonly name: Name;
  readonly variant: Variant;
})[];

/** A kernel with memory for `count` numbers, a multiple of four, and their images. */
interface Bench {
  readonly bits: Uint32Array;
  readonly xs: Float32Array;
  readonly got: Float32Array;
  run(): void;
}

function benchOf(machine: Machine, name: Name, count: number): Bench {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const kernel: Kernel = machine.over(memory)[name]!;
  const xs = new Float32Array(memory.buffer, 64, count);
  const bits = new Uint32Array(memory.buffer, 64, count);
  const got = new Float32Array(memory.buffer, 64 + 4 * count, count);
  return { bits, xs, got, run: () => kernel(got.byteOffset, xs.byteOffset, count, ALPHA) };
}

const ALPHA = 1; // of elu; the others take no such operand
const COUNT = 4096;

/** The worst error of a kernel on each machine, over every `stride`-th float, special ones included. */
export function worstErrors(machines: readonly Machine[], name: Name, stride: number): Worst[] {
  const f = exact[name];
  const benches = machines.map((machine) => benchOf(machine, name, COUNT));
  const worst: Worst[] = machines.map(() => ({ error: 0, x: 0 }));
  const wanted = new Float64Array(COUNT);
  for (let start = 0; start < 2 ** 32; start += COUNT * stride)
    for (const [b, { bits, xs, got, run }] of benches.entries()) {
      for (let i = 0; i < COUNT; i++) bits[i] = start + i * stride;
      run();
      if (b === 0) for (let i = 0; i < COUNT; i++) wanted[i] = f(xs[i]!);
      for (let i = 0; i < COUNT; i++) {
        if (got[i] === Math.fround(wanted[i]!)) continue; // off by half a unit at most
        const error = errorOf(got[i]!, wanted[i]!);
        if (!(error <= worst[b]!.error)) worst[b] = { error, x: xs[i]! };
      }
    }
  return worst;
}

/** What a kernel makes of `x`. */
export function valueAt(machine: Machine, name: Name, x: number): number {
  const { xs, got, run } = benchOf(machine, name, 4);
  xs.fill(x);
  run();
  return got[0]!;
}

/** The error of a kernel at `x`, in units in the last place. */
export const errorAt = (machine: Machine, name: Name, x: number): number =>
  errorOf(valueAt(machine, name, x), exact[name](x));

const float = new Float32Array(1);
const floatBits = new Uint32Array(float.buffer);
/** The unit in the last place, by a float's exponent. */
const units = Float64Array.from(
  { length: 256 },
  (_, exponent) => 2 ** (Math.max(exponent, 1) - 150),
);

/** How far a float is from a double, in units in the last place of a float of that size. */
function errorOf(got: number, wanted: number): number {
  float[0] = wanted;
  if (Object.is(got, float[0]) && !Number.isFinite(got)) return 0;
  return Math.abs(got - wanted) / units[(floatBits[0]! >>> 23) & 0xff]!;
}
