import type { Definition, FloatArray, Session } from "../backend.ts";
import { uniform } from "../random.ts";
import { sumRows } from "../sum-rows.ts";
import { numbers } from "./numbers.ts";
import type { RecordedCall } from "./recorded-calls.ts";

const matrices = ["w", "v", "gradW", "gradV", "velocity"] as const;
type Matrix = (typeof matrices)[number];

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

const MOST_ROWS = 40;
const rowsOf = [0, 1, 2, 9, 20, 32, 32, MOST_ROWS];

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

/** W becomes W / 2 + i in row i: a definition that no backend knows. */
const ownOfRows = (w: FloatArray, inputs: number): void => {
  for (let at = 0; at < w.length; at++) w[at] = w[at]! / 2 + Math.floor(at / inputs) / 64;
};

/** w = w - rate g, which no backend knows. */
const ownSubtract: Definition<(FloatArray | number)[]> = (...args) => {
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

/**
 * A program of so many operations, drawn at random; the same for the same seed.
 *
 * Those for which weights may have to lie in rows come in its second half. `isWild`: weights become NaN or infinite.
 */
export function programOf(
  seed: number,
  [units, inputs]: Shape,
  calls: readonly RecordedCall[],
  isWild: boolean,
  steps = 60,
): Step[] {
  const random = uniform(new Float32Array(steps * 12), { seed, stream: 60, counter: 0 });
  let drawn = 0;
  const below = (n: number): number => Math.floor(random[drawn++]! * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  /** Different matrices, often the usual ones. */
  const some = (usual: readonly Matrix[]): Matrix[] => {
    const from = below(3 * matrices.length);
    if (from >= matrices.length) return [...usual];
    return matrices.map((_, i) => matrices[(i + from) % matrices.length]!);
  };
  const tagged = taggedIn(calls);

  const call =
    (tag: string, draw: () => (buffers: Buffers) => (FloatArray | number)[]) =>
    (): Step["run"] | undefined => {
      const f = tagged(tag);
      const args = draw();
      return f && ((session, buffers) => session.call(f, ...args(buffers)));
    };
  const write = (name: keyof Buffers, values: Float32Array, from = 0): Step["run"] => {
    return async (session, buffers) => {
      if (values.length < buffers[name].length) await session.pull(buffers[name]);
      buffers[name].set(values, from);
      session.push(buffers[name]);
    };
  };

  const often: readonly (() => Step["run"] | undefined)[] = [
    function nt() {
      const [m, [w], biased] = [pick(rowsOf), some(["w"]), below(2)];
      return (session, { [w!]: b, x, a, bias }) =>
        session.nt(a, x, b!, m, units, inputs, biased ? bias : undefined);
    },
    function tn() {
      const [k, [c], beta] = [pick(rowsOf), some(["gradW"]), below(4) ? 0 : 1] as const;
      return (session, { [c!]: gradW, x, gradA }) =>
        session.tn(gradW!, gradA, x, units, inputs, k, beta);
    },
    call("sgd", () => {
      const [[w, g], rate, decay] = [some(["w", "gradW"]), pick([0.1, 0.1, 0]), pick([0, 0, 0.01])];
      return (of) => [of[w!], of[g!], rate, decay];
    }),
    function inputsWritten() {
      const length = MOST_ROWS * inputs;
      return write("x", below(3) ? sparse(length, inputs, drawn) : numbers(length, drawn));
    },
  ];
  const sometimes: typeof often = [
    call("sgdMomentum", () => {
      const [[w, g, u], decay] = [some(["w", "gradW", "velocity"]), pick([0, 0.01])];
      return (of) => [of[w!], of[g!], of[u!], 0.1, 0.9, decay];
    }),
    call("addScaled", () => {
      const [x, y] = some(["gradW", "w"]);
      return (of) => [of[x!], of[y!], 0.5];
    }),
    call("multiply", () => {
      const [x, y, z] = some(["gradW", "gradV", "v"]);
      return (of) => [of[x!], of[y!], of[z!], units * inputs];
    }),
    call("scale", () => {
      const [x] = some(["gradW"]);
      return (of) => [of[x!], 0.5];
    }),
    call("clear", () => {
      const [x] = some(["gradW"]);
      return (of) => [of[x!]];
    }),
    function gradientsWritten() {
      const values = numbers(MOST_ROWS * units, drawn);
      return write("gradA", below(2) ? values : values.map((x) => (x > 0.4 ? x : 0)));
    },
    function weightsWritten() {
      const length = units * inputs;
      const from = pick([0, 7 * inputs, length >> 1]);
      return write(pick(matrices), numbers(length, drawn).subarray(from), from);
    },
    function pulled() {
      const name = pick(matrices);
      return (session, buffers) => session.pull(buffers[name]);
    },
  ];
  const seldom: typeof often = [
    function nn() {
      const [m, [w]] = [pick(rowsOf), some(["v"])];
      return (session, { [w!]: b, gradA, gradX }) => session.nn(gradX, gradA, b!, m, inputs, units);
    },
    function ownDefinition() {
      const [w] = some(["v"]);
      return (session, { [w!]: x }) => session.call(ownOfRows, x!, inputs);
    },
    function rowsSummed() {
      const [w] = some(["gradV"]);
      return (session, { [w!]: x, sums }) => session.call(sumRows, sums, x!, units, inputs);
    },
    call("addNorm", () => {
      const [x] = some(["gradV"]);
      return ({ [x!]: of, sums }) => [sums, of!];
    }),
    call("multiply", () => {
      const [x, y, z] = some(["velocity", "gradV", "v"]);
      return (of) => [of[x!], of[y!], of[z!], units * inputs - 5];
    }),
    call("multiply", () => ({ velocity, both, w }) => {
      const shifted = both.subarray(inputs, inputs + w.length);
      return [velocity, w, shifted, w.length];
    }),
    function viewScaled() {
      const [[w], scale] = [some(["v"]), tagged("scale")];
      return scale && ((session, { [w!]: x }) => session.call(scale, x!.subarray(5 * inputs), 0.5));
    },
    function ntOfView() {
      const [[w], m] = [some(["v"]), pick(rowsOf)];
      return (session, { [w!]: b, x, a }) =>
        session.nt(a, x, b!.subarray(32 * inputs), m, units - 32, inputs);
    },
    function ntWithItself() {
      const [[w], m, whole] = [some(["v"]), pick(rowsOf), below(2)];
      return (session, { [w!]: b, x, a }) =>
        whole
          ? session.nt(a, b!.subarray(0, m * inputs), b!, m, units, inputs)
          : session.nt(a, x, b!, m, units, inputs, b!.subarray(inputs, inputs + units));
    },
  ];
  const wild: typeof often = [
    function notFinite() {
      const [name, at] = [pick(matrices), below(units * inputs)];
      const value = pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
      return write(name, Float32Array.of(value), at);
    },
    function allWritten() {
      const all = matrices.map((name, i) => write(name, numbers(units * inputs, drawn + i)));
      return async (...on) => {
        for (const one of all) await one(...on);
      };
    },
  ];

  return Array.from({ length: steps }, (_, i) => {
    const rare = isWild && below(3) === 0 ? wild : i > steps / 2 && below(2) ? seldom : sometimes;
    const draw = pick(below(3) ? often : rare);
    const run = draw() ?? often[0]!()!;
    const matrix = i === steps - 1 ? matrices : below(6) ? [] : [pick(matrices)];
    return { what: `operation ${i}`, run, shows: ["a", "gradX", "sums", ...matrix] };
  });
}
