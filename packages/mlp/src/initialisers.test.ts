import { elu, linear, relu, sigmoid, tanh } from "@feedforward/activations";
import type { Dtype, FloatArray } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import type * as module from "./index.ts";
import {
  dense,
  type Fans,
  glorotUniform,
  heNormal,
  heUniform,
  type Initialiser,
  mlp,
} from "./index.ts";

/** The exports of a module that are a T: one of them that is not listed below is a type error. */
type NameOf<T, M> = { [K in keyof M]: T extends M[K] ? K : never }[keyof M];

interface Expected {
  readonly initialise: Initialiser;
  readonly variance: (fanIn: number, fanOut: number, gain: number) => number;
  readonly bounded: boolean;
}
const cases: Readonly<Record<NameOf<Initialiser, typeof module>, Expected>> = {
  glorotUniform: {
    initialise: glorotUniform,
    variance: (fanIn, fanOut, gain) => (2 * gain ** 2) / (fanIn + fanOut),
    bounded: true,
  },
  heUniform: {
    initialise: heUniform,
    variance: (fanIn, _fanOut, gain) => gain ** 2 / fanIn,
    bounded: true,
  },
  heNormal: {
    initialise: heNormal,
    variance: (fanIn, _fanOut, gain) => gain ** 2 / fanIn,
    bounded: false,
  },
};

const moments = (w: FloatArray): { mean: number; variance: number; max: number } => {
  let [sum, squares, max] = [0, 0, 0];
  for (const value of w) {
    sum += value;
    squares += value * value;
    max = Math.max(max, Math.abs(value));
  }
  return { mean: sum / w.length, variance: squares / w.length, max };
};

describe.each(Object.entries(cases))("%s()", (_name, { initialise, variance, bounded }) => {
  test.each([
    [100, 300, 1],
    [300, 100, Math.SQRT2],
    [200, 200, 0.5],
  ])(
    "has mean 0 and its variance, for %i inputs, %i outputs and a gain of %f",
    (fanIn, fanOut, gain) => {
      const w = new Float64Array(fanIn * fanOut);
      initialise(w, { fanIn, fanOut, gain, random: { seed: 1, stream: 2, counter: 0 } });
      const expected = variance(fanIn, fanOut, gain);
      const { mean, variance: found, max } = moments(w);
      // Four standard errors, of the mean and of the variance (the normal's is the wider: 2 / n).
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected / w.length));
      expect(Math.abs(found / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / w.length));
      const bound = Math.sqrt(3 * expected);
      if (bounded) {
        expect(max).toBeLessThanOrEqual(bound);
        expect(max).toBeGreaterThan(0.999 * bound);
      } else {
        expect(max).toBeGreaterThan(4 * Math.sqrt(expected) * 0.9);
        expect(max).toBeLessThan(6.4 * Math.sqrt(expected));
      }
    },
  );

  test("gives the same numbers for the same place in a stream, and others for another", () => {
    const drawn = (seed: number, stream: number): number[] => {
      const w = new Float32Array(20);
      initialise(w, { fanIn: 4, fanOut: 5, gain: 1, random: { seed, stream, counter: 0 } });
      return [...w];
    };
    expect(drawn(1, 2)).toEqual(drawn(1, 2));
    expect(drawn(1, 2)).not.toEqual(drawn(1, 3));
    expect(drawn(1, 2)).not.toEqual(drawn(2, 2));
  });

  test("float32 and float64 begin alike, but for rounding", () => {
    const drawn = (w: FloatArray): FloatArray => {
      const random = { seed: 1, stream: 2, counter: 0 };
      initialise(w, { fanIn: 4, fanOut: 5, gain: Math.SQRT2, random });
      return w;
    };
    const single = drawn(new Float32Array(1000));
    const double = drawn(new Float64Array(1000));
    for (const [i, value] of double.entries())
      expect(Math.abs(single[i]! - value)).toBeLessThanOrEqual(2 ** -23 * Math.abs(value));
  });
});

describe("dense()", () => {
  /** W of a first layer. */
  const weights = (...given: Parameters<typeof dense>): FloatArray =>
    mlp(50, [dense(...given)], { seed: 3 }).layers[0]!.params[0]!.data;

  test.each([
    ["linear", linear],
    ["sigmoid", sigmoid],
    ["tanh", tanh],
    ["an activation of one's own with gain 1", { ...relu, gain: 1 }],
  ])("begins as Glorot has it for %s", (_name, activation) => {
    expect(weights(20, activation)).toEqual(weights(20, activation, { initialise: glorotUniform }));
    expect(moments(weights(20, activation)).max).toBeLessThanOrEqual(Math.sqrt(6 / 70));
  });

  test.each([
    ["relu", relu],
    ["elu", elu()],
    ["an activation of one's own with another gain", { ...tanh, gain: 5 / 3 }],
  ])("begins as He has it for %s, with its gain", (_name, activation) => {
    expect(weights(20, activation)).toEqual(weights(20, activation, { initialise: heUniform }));
    const bound = activation.gain * Math.sqrt(3 / 50);
    const { max } = moments(weights(20, activation));
    expect(max).toBeLessThanOrEqual(bound);
    expect(max).toBeGreaterThan(0.98 * bound);
  });

  test("begins with biases of 0", () => {
    for (const { params } of mlp(5, [dense(4, tanh), dense(3)], { seed: 9 }).layers)
      expect(params[1]!.data.every((b) => b === 0)).toBe(true);
  });
});

describe("mlp()", () => {
  const layers = [dense(6, tanh), dense(6, tanh), dense(6, tanh)];
  const numbers = (seed: number, dtype: Dtype = "float32"): number[][] =>
    mlp(6, layers, { seed, dtype }).layers.map(({ params }) => [...params[0]!.data]);

  test("begins with the same bits for the same seed, and others for another", () => {
    expect(numbers(4)).toEqual(numbers(4));
    expect(numbers(4)).not.toEqual(numbers(5));
    expect(numbers(0)[0]?.[0]).toMatchInlineSnapshot(`-0.7020435929298401`);
  });

  test("float32 begins with the rounded weights of float64", () => {
    expect(numbers(4)).toEqual(numbers(4, "float64").map((w) => w.map(Math.fround)));
  });

  test("begins a parameter of one's own by its gain, and at 0 without one", () => {
    const parameters = () => [
      { name: "W", shape: [3, 2], gain: Math.SQRT2 },
      { name: "b", shape: [3] },
    ];
    const own = mlp(2, [{ ...dense(3), parameters }], { seed: 1 });
    expect(own.layers[0]!.params).toEqual(mlp(2, [dense(3, relu)], { seed: 1 }).layers[0]!.params);
    expect([...own.layers[0]!.params[1]!.data]).toEqual([0, 0, 0]);
  });

  test("gives every parameter of every layer a stream of its own", () => {
    const drawn: string[] = [];
    const layer = {
      ...dense(1),
      parameters: () =>
        ["V", "W"].map((name) => ({
          name,
          shape: [1],
          initialise: (_data: FloatArray, { random }: Fans) => drawn.push(JSON.stringify(random)),
        })),
    };
    mlp(
      1,
      Array.from({ length: 40 }, () => layer),
    );
    expect(new Set(drawn).size).toBe(80);
    expect(new Set(numbers(4).flat()).size).toBe(108);
  });
});
