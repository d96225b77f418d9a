import type { FloatArray } from "../backend.ts";
import { uniform } from "../random.ts";
import { sumRows } from "../sum-rows.ts";
import { numbers } from "./numbers.ts";
import type { RecordedCall } from "./recorded-calls.ts";
import {
  type Buffers,
  type Matrix,
  MOST_ROWS,
  matrices,
  ownSubtract,
  type Shape,
  type Step,
  sparse,
  taggedIn,
} from "./training.ts";

const rowsOf = [0, 1, 2, 9, 20, 32, 32, MOST_ROWS];

/** W becomes W / 2 + i in row i: a definition that no backend knows. */
const ownOfRows = (w: FloatArray, inputs: number): void => {
  for (let at = 0; at < w.length; at++) w[at] = w[at]! / 2 + Math.floor(at / inputs) / 64;
};

/**
 * A program of so many operations, drawn at random; the same for the same seed.
 *
 * Those for which weights have to lie in rows come in its second half. Of an even seed, weights become NaN and infinite.
 */
export function programOf(
  seed: number,
  [units, inputs]: Shape,
  calls: readonly RecordedCall[],
  steps = 60,
): Step[] {
  const random = uniform(new Float32Array(steps * 20), { seed, stream: 60, counter: 0 });
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
    function ntOfBoth() {
      const m = pick(rowsOf);
      return (session, { both, x, a }) => session.nt(a, x, both, m, units, inputs);
    },
    function ntOfMatrices() {
      const [[w], a, bias] = [some(["v"]), pick(matrices), pick(matrices)];
      return (session, { [w!]: b, a: c, [a]: rows, [bias]: x }) =>
        session.nt(c, rows!, b!, 9, units, inputs, x!.subarray(inputs, inputs + units));
    },
    function ntIntoMatrix() {
      const [[w, c], m] = [some(["w", "velocity"]), pick([1, 9])];
      return (session, { [w!]: b, [c!]: a, x }) => session.nt(a!, x, b!, m, units, inputs);
    },
    function tnOfOtherShape() {
      const [[c], k] = [some(["gradV"]), pick(rowsOf)];
      return (session, { [c!]: gradW, x, gradA }) =>
        session.tn(gradW!, x, gradA, inputs, units, k, 0);
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

  /** One of training, on inputs of its own, with anything amid it. */
  function step(amid: () => Step["run"] | undefined): Step["run"] {
    const [w, g, k] = [
      pick(["w", "v"] as const),
      pick(["gradW", "gradV"] as const),
      pick([20, 32]),
    ];
    const [inputsMoved, other] = [write("x", sparse(k * inputs, inputs, drawn)), amid()];
    const [sgd, decay] = [tagged("sgd") ?? ownSubtract, pick([0, 0, 0, 0.01])];
    const beta = below(4) ? 0 : 1;
    return async (session, buffers) => {
      const { [w]: b, [g]: gradW, x, gradA, a } = buffers;
      await inputsMoved(session, buffers);
      session.nt(a, x, b, k, units, inputs);
      session.tn(gradW, gradA, x, units, inputs, k, beta);
      await other?.(session, buffers);
      session.call(sgd, b, gradW, 0.1, decay);
    };
  }

  return Array.from({ length: steps }, (_, i) => {
    const draw =
      i > steps / 2 && i % 3 === 0
        ? seldom[(seed + i / 3) % seldom.length]!
        : pick(below(2) ? often : seed % 2 === 0 && below(3) === 0 ? wild : sometimes);
    const run = below(2) || i % 3 === 0 ? draw() : step(draw);
    const matrix = i === steps - 1 ? matrices : below(6) ? [] : [pick(matrices)];
    return {
      what: `operation ${i} of program ${seed}`,
      run: run ?? (() => {}),
      shows: ["a", "gradX", "sums", ...matrix],
    };
  });
}
