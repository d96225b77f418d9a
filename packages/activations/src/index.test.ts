import { expectAllClose, numericGradient } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Activation } from "./activation.ts";
import golden from "./golden/golden.json" with { type: "json" };

interface Options {
  readonly slope?: number;
  readonly alpha?: number;
}

// A factory is tested with its defaults, and with each of these.
const cases: Readonly<Record<string, readonly Options[]>> = {
  leakyRelu: [{ slope: 0.2 }, { slope: 0 }, { slope: -0.5 }],
  elu: [{ alpha: 2 }, { alpha: 0 }, { alpha: -1 }],
};

interface Row {
  readonly label: string;
  readonly activation: Activation;
  readonly options: Options;
}

/** One row per activation that a module exports; an export that is neither that nor in `cases` is an error. */
function rows(module: Readonly<Record<string, unknown>>): Row[] {
  return Object.entries(module).flatMap(([name, value]): Row[] => {
    if (typeof value === "object" && value !== null && "g" in value && "dg" in value)
      return [{ label: name, activation: value as Activation, options: {} }];
    const listed = cases[name];
    if (typeof value !== "function" || !listed)
      throw new Error(`${name} is neither an activation nor a factory listed in cases`);
    const factory = value as (options?: Options) => Activation;
    return [
      { label: `${name}()`, activation: factory(), options: {} },
      ...listed.map((options) => ({
        label: `${name}(${JSON.stringify(options)})`,
        activation: factory(options),
        options,
      })),
    ];
  });
}

const table = rows(await import("./index.ts"));
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** E[f(z)^2] for a standard normal z, by Simpson's rule. */
function meanSquare(f: (z: number) => number): number {
  const steps = 4800;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = -12 + (24 * i) / steps;
    sum += (i % 2 ? 4 : 2) * f(z) ** 2 * Math.exp((-z * z) / 2);
  }
  return (sum * 24) / steps / 3 / Math.sqrt(2 * Math.PI);
}

test("the table refuses an export that it does not test", () => {
  expect(() => rows({ swish: () => undefined })).toThrow("swish is neither");
  expect(() => rows({ gain: 2 })).toThrow("gain is neither");
});

test("every golden case is in the table, and every row of the table has one", () => {
  const key = (name: string, options: object): string => `${name} ${JSON.stringify(options)}`;
  expect(table.map(({ activation, options }) => key(activation.name, options)).sort()).toEqual(
    golden.cases.map(({ name, options }) => key(name, options)).sort(),
  );
});

describe.each(table)("$label", ({ label, activation, options }) => {
  const { name, g, dg, gain, range } = activation;
  const exact = golden.cases.find(
    (entry) => entry.name === name && JSON.stringify(entry.options) === JSON.stringify(options),
  );
  const at = (a: number): number => (exact?.dg.map(Number) ?? [])[golden.a.map(Number).indexOf(a)]!;

  test("is named as its export; where g and g' have twins, these are named so, with the constants", () => {
    expect(label.replace(/\(.*/, "")).toBe(name);
    expect(dg.kernel === undefined).toBe(g.kernel === undefined);
    const constants = g.kernel?.slice(1);
    if (constants) {
      expect(g.kernel).toEqual([name, ...constants]);
      expect(dg.kernel).toEqual([`${name}Derivative`, ...constants]);
      for (const value of Object.values(options)) expect(constants).toContain(value);
    }
  });

  test("g and g' equal PyTorch's, at the kink and in the tails too", () => {
    const tolerance = { relative: 1e-12, absolute: 1e-15 };
    golden.a.map(Number).forEach((a, i) => {
      const [h, slope] = [Number(exact!.g[i]), Number(exact!.dg[i])];
      // At an infinity PyTorch may divide one by another: there the limit is right.
      const isLimit = (theirs: number): boolean => Number.isNaN(theirs) && Math.abs(a) === infinity;
      if (!isLimit(h)) expectAllClose([g(a)], [h], tolerance);
      if (!isLimit(slope)) expectAllClose([dg(a, g(a))], [slope], tolerance);
    });
  });

  test("g' is the central difference of g", () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (a) => {
        fc.pre(Math.abs(a) > 1e-3);
        const x = Float64Array.of(a);
        const numeric = numericGradient(() => g(x[0]!), x);
        expectAllClose([dg(a, g(a))], numeric, { relative: 1e-6, absolute: 2e-10 });
      }),
      { numRuns: 500 },
    );
  });

  test("g stays in its range and g' is a number, for any finite a", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (a) => {
        const h = g(a);
        expect(h).toBeGreaterThanOrEqual(range[0]);
        expect(h).toBeLessThanOrEqual(range[1]);
        expect(Number.isFinite(dg(a, h))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("g reaches or approaches both ends of its range", () => {
    const h = [-1e9, -0, 0, 1e9].map((a) => g(a));
    const end = (x: number): number => (Math.abs(x) > 1e6 ? Math.sign(x) * infinity : x);
    expect(end(Math.min(...h))).toBeCloseTo(range[0], 6);
    expect(end(Math.max(...h))).toBeCloseTo(range[1], 6);
  });

  test("g passes NaN through, and g' is NaN or the slope that PyTorch has there", () => {
    expect(g(nan)).toBe(nan);
    const passed: Readonly<Record<string, number>> = {
      linear: 1,
      relu: 1,
      leakyRelu: options.slope ?? 0.01,
    };
    expect(dg(nan, g(nan))).toBe(passed[name] ?? nan);
  });

  test("g' at ±1e4 keeps every digit of PyTorch's", () => {
    expect(dg(1e4, g(1e4))).toBeCloseTo(at(1e4), 15);
    expect(dg(-1e4, g(-1e4))).toBeCloseTo(at(-1e4), 15);
  });

  test("its gain keeps the mean square of a standard normal, or is a documented choice", () => {
    // Glorot's initialiser is for what is linear, or bounded.
    if (gain === 1) expect(name === "linear" || range.every(Number.isFinite)).toBe(true);
    else if (name === "softplus") expect(gain).toBe(Math.SQRT2);
    else expect(gain ** 2 * meanSquare(g)).toBeCloseTo(1, 9);
  });
});
