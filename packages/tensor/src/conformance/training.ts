import type { Definition, FloatArray, Session } from "../backend.ts";
import { numbers } from "./numbers.ts";
import type { RecordedCall } from "./recorded-calls.ts";

export const matrices = ["w", "v", "gradW", "gradV", "velocity"] as const;
export type Matrix = (typeof matrices)[number];

/** Weights W and V, side by side, what is of their shape, a batch and what comes of it. */
export type Buffers = Readonly<
  Record<Matrix | "both" | "x" | "gradA" | "a" | "gradX" | "bias" | "sums", FloatArray>
>;

export type Shape = readonly [units: number, inputs: number];

/** One operation of a program. */
export interface Step {
  readonly what: string;
  readonly run: (session: Session, buffers: Buffers) => unknown;
  /** What is compared afterwards. */
  readonly shows: readonly (keyof Buffers)[];
}

/** Of a batch. */
export const MOST_ROWS = 40;

/** How long each buffer is. */
export const lengths = ([units, inputs]: Shape): Readonly<Record<string, number>> => ({
  both: 2 * units * inputs,
  gradW: units * inputs,
  gradV: units * inputs,
  velocity: units * inputs,
  x: MOST_ROWS * inputs,
  gradA: MOST_ROWS * units,
  a: MOST_ROWS * units,
  gradX: MOST_ROWS * inputs,
  bias: units,
  sums: inputs,
});

/** Inputs that are zero but for some columns, which move with `salt`, and there in part. */
export const sparse = (length: number, inputs: number, salt: number): Float32Array =>
  numbers(length, salt).map((x, i) => (((i % inputs) + 5 * salt) % 28 < 9 && x > -0.5 ? x : 0));

/** w = w - rate g, which no backend knows. */
export const ownSubtract: Definition<(FloatArray | number)[]> = (...args) => {
  const [w, g, rate] = args as [FloatArray, FloatArray, number];
  for (let i = 0; i < w.length; i++) w[i]! -= rate * g[i]!;
};

/** The definition of a tag among the calls. */
export const taggedIn =
  (calls: readonly RecordedCall[]) =>
  (tag: string): RecordedCall["f"] | undefined =>
    calls.find((call) => call.tag === tag)?.f;

/** So many steps of training, each of other inputs. */
export function training(
  [units, inputs]: Shape,
  calls: readonly RecordedCall[],
  steps = 20,
): Step[] {
  const sgd = taggedIn(calls)("sgd") ?? ownSubtract;
  return Array.from({ length: steps }, (_, i) => ({
    what: `step ${i} of training`,
    run: (session, { x, gradA, a, w, gradW }) => {
      x.set(sparse(32 * inputs, inputs, i));
      gradA.set(numbers(32 * units, 100 + i));
      session.push(x, gradA);
      session.nt(a, x, w, 32, units, inputs);
      session.tn(gradW, gradA, x, units, inputs, 32, 0);
      session.call(sgd, w, gradW, 0.1, 0);
    },
    shows: i === steps - 1 ? (["w", "gradW", "a"] as const) : [],
  }));
}
