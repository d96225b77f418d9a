import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import type { Dtype, Matrix, Shape, Tensor } from "./index.ts";
import * as module from "./index.ts";

const { dtypeOf, floatArray, gather, map, max, mean, ShapeError, size, sum } = module;

type Entry = (...index: number[]) => number;
type Result = Tensor | Int32Array | number;
interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** A function on tensors beside its plain definition: one entry of the result from those of the operands. */
interface Row {
  readonly name: string;
  readonly label: string;
  /** The shapes of the operands, a letter for each length: "mk kn". */
  readonly shapes: string;
  readonly shape: string;
  readonly call: (...operands: never[]) => Result;
  readonly plain: (x: readonly Entry[], sizes: Sizes, i: number, j: number) => number;
}

const row = (
  label: string,
  shapes: string,
  shape: string,
  plain: Row["plain"],
  call?: Row["call"],
): Row => {
  const name = label.replace(/ .*/, "");
  const own = (module as unknown as Record<string, Row["call"]>)[name]!;
  return { name, label, shapes, shape, plain, call: call ?? own };
};

const { exp, log } = Math;
const list = <T>(count: number, f: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => f(i));
const total = (count: number, f: Entry): number => list(count, f).reduce((s, e) => s + e, 0);
const greatest = (count: number, f: Entry): number => Math.max(...list(count, f));
const backwards = (x: Matrix): Int32Array =>
  Int32Array.from(list(x?.shape?.[0] ?? 0, (i) => i)).reverse();

const table: readonly Row[] = [
  row("matmul", "mk kn", "mn", ([A, B], { k }, i, j) => total(k, (p) => A!(i, p) * B!(p, j))),
  row("matmulNT", "mk nk", "mn", ([A, B], { k }, i, j) => total(k, (p) => A!(i, p) * B!(j, p))),
  row("matmulTN", "km kn", "mn", ([A, B], { k }, i, j) => total(k, (p) => A!(p, i) * B!(p, j))),
  row(
    "affine",
    "nk n mk",
    "mn",
    ([W, b, h], { k }, i, j) => b!(j) + total(k, (p) => W!(j, p) * h!(i, p)),
  ),
  row(
    "map",
    "mn mn mn",
    "mn",
    ([x, y, z], _, i, j) => x!(i, j) * y!(i, j) - z!(i, j),
    (x: Matrix, y: Matrix, z: Matrix) => map((a, b, c) => a * b - c, x, y, z),
  ),
  row(
    "gather",
    "mn",
    "mn",
    ([x], { m }, i, j) => x!(m - 1 - i, j),
    (x: Matrix) => gather(x, backwards(x)),
  ),
  row("softmax", "mn", "mn", ([a], { n }, i, j) => exp(a!(i, j)) / total(n, (c) => exp(a!(i, c)))),
  row(
    "logSoftmax",
    "mn",
    "mn",
    ([a], { n }, i, j) => a!(i, j) - log(total(n, (c) => exp(a!(i, c)))),
  ),
  row("softmaxBackward", "mn mn", "mn", ([f, g], { n }, i, j) =>
    total(n, (c) => g!(i, c) * f!(i, c) * (Number(c === j) - f!(i, j))),
  ),
  row("logSumExp", "mn", "m", ([a], { n }, i) => log(total(n, (c) => exp(a!(i, c))))),
  row("argmax", "mN", "m", ([a], { n }, i) => {
    const entries = list(n + 1, (c) => a!(i, c));
    return entries.indexOf(Math.max(...entries));
  }),
  row("sum", "mnk", "", ([x], { m, n, k }) =>
    total(m, (i) => total(n, (j) => total(k, (p) => x!(i, j, p)))),
  ),
  row(
    "sum of axis 0",
    "mn",
    "n",
    ([x], { m }, j) => total(m, (i) => x!(i, j)),
    (x: Matrix) => sum(x, { axis: 0 }),
  ),
  row(
    "sum of axis 1",
    "mn",
    "m",
    ([x], { n }, i) => total(n, (j) => x!(i, j)),
    (x: Matrix) => sum(x, { axis: 1 }),
  ),
  row("mean", "mn", "", ([x], { m, n }) => total(m, (i) => total(n, (j) => x!(i, j))) / (m * n)),
  row(
    "mean of axis 0",
    "mn",
    "n",
    ([x], { m }, j) => total(m, (i) => x!(i, j)) / m,
    (x: Matrix) => mean(x, { axis: 0 }),
  ),
  row(
    "mean of axis 1",
    "mn",
    "m",
    ([x], { n }, i) => total(n, (j) => x!(i, j)) / n,
    (x: Matrix) => mean(x, { axis: 1 }),
  ),
  row("max", "mn", "", ([x], { m, n }) => greatest(m, (i) => greatest(n, (j) => x!(i, j)))),
  row(
    "max of axis 0",
    "mn",
    "n",
    ([x], { m }, j) => greatest(m, (i) => x!(i, j)),
    (x: Matrix) => max(x, { axis: 0 }),
  ),
  row(
    "max of axis 1",
    "mn",
    "m",
    ([x], { n }, i) => greatest(n, (j) => x!(i, j)),
    (x: Matrix) => max(x, { axis: 1 }),
  ),
];

// What is no function on tensors, and where it is tested. Definitions are found by backends.test.ts.
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "creation.test.ts": ["dtypeOf", "floatArray", "matrix", "size", "tensor", "vector", "zeros"],
  "backends.test.ts": ["define", "products", "reference"],
  "softmax.test.ts": ["logSumExpRow"],
  "random.test.ts": ["normal", "permutation", "randomBlock", "uniform"],
  "shape-error.test.ts": ["ShapeError"],
};

test("every export is tested: here, in the table of definitions, or where it says", () => {
  const names = Object.entries(module).flatMap(([name, value]) =>
    "kernel" in Object(value) ? [] : [name],
  );
  const tested = [...table.map(({ name }) => name), ...Object.values(elsewhere).flat()];
  expect([...new Set(tested)].sort()).toEqual(names.sort());
});

const lengths = (shape: string, { m, n, k }: Sizes): number[] =>
  [...shape].map((letter) => ({ m, n, k, N: n + 1 })[letter]!);
const reader =
  ({ shape, data }: Tensor): Entry =>
  (...index) =>
    data[shape.reduce((to, length, axis) => to * length + index[axis]!, 0)]!;
const flat = (result: Result): ArrayLike<number> =>
  typeof result === "number" ? [result] : "data" in result ? result.data : result;

/** Numbers in (-1, 1), no two alike. */
function filled(shape: Shape, dtype: Dtype, salt: number): Tensor {
  const data = floatArray(dtype, size(shape));
  data.forEach((_, i) => {
    data[i] = (((i + 1) * 2654435761 + salt * 40503) >>> 0) / 2 ** 31 - 1;
  });
  return { shape, data };
}

const upTo9 = list(10, (i) => i);
const sizes: readonly Sizes[] = [
  ...upTo9.flatMap((m) => upTo9.flatMap((n) => [0, 1, 3, 4, 9].map((k) => ({ m, n, k })))),
  { m: 33, n: 17, k: 65 },
  { m: 1, n: 130, k: 3 },
  { m: 64, n: 1, k: 40 },
];
const small: Sizes = { m: 3, n: 4, k: 2 };

describe.each(table)("$label", ({ name, shapes, shape, call, plain }) => {
  const make = (dtype: Dtype, at = small): Tensor[] =>
    shapes.split(" ").map((letters, salt) => filled(lengths(letters, at), dtype, salt));
  const run = (operands: readonly unknown[]): Result => call(...(operands as never[]));
  const good = make("float32");
  const refused = (i: number, other: unknown) => {
    const operands = good.map((x, at) => (at === i ? other : x));
    return expect(() => run(operands), `operand ${i}: ${JSON.stringify(other)}`);
  };

  test.each([
    ["float32", { relative: 1e-6, absolute: 1e-6 }],
    ["float64", { relative: 1e-12, absolute: 1e-13 }],
  ] as const)("equals its plain definition at every size, in %s", (dtype, tolerance) => {
    for (const at of sizes) {
      const operands = make(dtype, at);
      const x = operands.map(reader);
      const [rows = 1, columns = 1] = lengths(shape, at);
      const expected = list(rows, (i) => list(columns, (j) => plain(x, at, i, j)));
      expectAllClose(flat(run(operands)), expected.flat(), tolerance);
    }
  });

  test.each(["float32", "float64"] as const)(
    "leaves its operands, and returns fresh memory in %s",
    (dtype) => {
      const operands = make(dtype);
      const copies = structuredClone(operands);
      const result = run(operands);
      expect(operands).toEqual(copies);
      if (typeof result === "number" || !("data" in result)) return;
      expect(result.shape).toEqual(lengths(shape, small));
      expect(dtypeOf(result.data)).toBe(dtype);
      for (const { data } of operands) expect(result.data.buffer).not.toBe(data.buffer);
    },
  );

  test("refuses, in its own name, what is no tensor, or does not fit the other operands", () => {
    const message = new RegExp(`^${name}\\(\\) expects .*(but|has)`);
    good.forEach(({ shape: own, data }, i) => {
      for (const other of [undefined, null, 3, [1, 2], { shape: own }, { shape: 3, data }])
        refused(i, other).toThrow(TypeError);
      refused(i, undefined).toThrow(message);
      for (const length of [1, data.length + 1])
        refused(i, { shape: own, data: new Float32Array(length) }).toThrow(message);
      refused(i, { shape: own.map((length) => -length), data }).toThrow(message);
      if (own.length === 2 && shape !== "")
        refused(i, filled([2, 3, 1], "float32", 0)).toThrow(ShapeError);
      if (good.length === 1) return;
      refused(i, make("float64")[i]).toThrow(TypeError);
      refused(
        i,
        filled(
          own.map((length) => length + 7),
          "float32",
          0,
        ),
      ).toThrow(ShapeError);
      refused(
        i,
        filled(
          own.map((length) => length + 7),
          "float32",
          0,
        ),
      ).toThrow(message);
    });
  });
});
