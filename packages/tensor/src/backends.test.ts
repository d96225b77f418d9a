import { expectAllClose, guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import type { Backend, FloatArray, Session } from "./index.ts";
import * as module from "./index.ts";

const { define, floatArray, gatherRows, products, reference, size, softmaxRows, sumRows } = module;

type Size = readonly [m: number, n: number, k: number];

/** An operation of a step over float buffers, the result first, beside its plain definition. */
interface Row {
  readonly name: string;
  /** The shapes of the buffers, a letter for each length. */
  readonly shapes: string;
  readonly run: (
    s: Session,
    x: readonly FloatArray[],
    m: number,
    n: number,
    k: number,
    backwards: Int32Array,
  ) => void;
  /** The whole result; `x[0]` is what its buffer held before. */
  readonly plain: (x: readonly FloatArray[], m: number, n: number, k: number) => number[];
  /** Rounds on its way: equal to a tolerance. Anything else is equal to the bit. */
  readonly rounds?: true;
}

const list = <T>(count: number, f: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => f(i));
const grid = (m: number, n: number, f: (i: number, j: number) => number): number[] =>
  list(m, (i) => list(n, (j) => f(i, j))).flat();
/** start + sum over p < k of term(p): one double, p ascending, as every product has to sum. */
const total = (k: number, term: (p: number) => number, start = 0): number => {
  let sum = start;
  for (let p = 0; p < k; p++) sum += term(p);
  return sum;
};
const softmaxOf = (a: FloatArray, m: number, n: number): number[] =>
  grid(m, n, (i, j) => Math.exp(a[i * n + j]!) / total(n, (c) => Math.exp(a[i * n + c]!)));

const table: readonly Row[] = [
  {
    name: "nt",
    shapes: "mn mk nk",
    run: (s, [c, a, b], m, n, k) => s.nt(c!, a!, b!, m, n, k),
    plain: ([, a, b], m, n, k) =>
      grid(m, n, (i, j) => total(k, (p) => a![i * k + p]! * b![j * k + p]!)),
  },
  {
    name: "nt with a bias",
    shapes: "mn mk nk n",
    run: (s, [c, a, b, bias], m, n, k) => s.nt(c!, a!, b!, m, n, k, bias),
    plain: ([, a, b, bias], m, n, k) =>
      grid(m, n, (i, j) => total(k, (p) => a![i * k + p]! * b![j * k + p]!, bias![j])),
  },
  {
    name: "nn",
    shapes: "mn mk kn",
    run: (s, [c, a, b], m, n, k) => s.nn(c!, a!, b!, m, n, k),
    plain: ([, a, b], m, n, k) =>
      grid(m, n, (i, j) => total(k, (p) => a![i * k + p]! * b![p * n + j]!)),
  },
  {
    name: "tn",
    shapes: "mn km kn",
    run: (s, [c, a, b], m, n, k) => s.tn(c!, a!, b!, m, n, k, 0),
    plain: ([, a, b], m, n, k) =>
      grid(m, n, (i, j) => total(k, (p) => a![p * m + i]! * b![p * n + j]!)),
  },
  {
    name: "tn that accumulates",
    shapes: "mn km kn",
    run: (s, [c, a, b], m, n, k) => s.tn(c!, a!, b!, m, n, k, 1),
    plain: ([c, a, b], m, n, k) =>
      grid(m, n, (i, j) => total(k, (p) => a![p * m + i]! * b![p * n + j]!, c![i * n + j])),
  },
  {
    name: "softmaxRows",
    shapes: "mn mn",
    run: (s, [out, a], m, n) => s.call(softmaxRows, out!, a!, m, n),
    plain: ([, a], m, n) => softmaxOf(a!, m, n),
    rounds: true,
  },
  {
    name: "softmaxRows in place",
    shapes: "mn",
    run: (s, [a], m, n) => s.call(softmaxRows, a!, a!, m, n),
    plain: ([a], m, n) => softmaxOf(a!, m, n),
    rounds: true,
  },
  {
    name: "sumRows",
    shapes: "n mn",
    run: (s, [out, x], m, n) => s.call(sumRows, out!, x!, m, n),
    plain: ([, x], m, n) => list(n, (j) => total(m, (i) => x![i * n + j]!)),
  },
  {
    name: "gatherRows",
    shapes: "mn mn n n",
    run: (s, [out, x, mean, std], m, n, _k, backwards) =>
      s.call(gatherRows, out!, x!, backwards, m, n, mean!, std!),
    plain: ([, x, mean, std], m, n) =>
      grid(m, n, (i, j) => (x![(m - 1 - i) * n + j]! - mean![j]!) / std![j]!),
  },
];

test("every definition that is exported is in the table, and tagged with its own name", () => {
  const tagged = Object.entries(module).flatMap(([name, value]) =>
    "kernel" in Object(value) ? [[name, (value as unknown as typeof sumRows).kernel] as const] : [],
  );
  for (const [name, kernel] of tagged) expect(kernel).toEqual([name]);
  const rows = new Set(table.map(({ name }) => name.replace(/ .*/, "")));
  expect([...rows].sort()).toEqual(
    [...tagged.map(([name]) => name), ...Object.keys(products)].sort(),
  );
});

test("define() tags the function itself with the kernel's name and its constants", () => {
  const f = (x: FloatArray): void => void x.fill(1);
  expect(define("one", f, 2, 3)).toBe(f);
  expect(define("one", f, 2, 3).kernel).toEqual(["one", 2, 3]);
});

/** toEqual() on thousands of arrays takes seconds: it is left to show the difference. */
function expectSameBits(actual: FloatArray, expected: FloatArray): void {
  let same = actual.length === expected.length;
  for (let i = 0; same && i < expected.length; i++) same = Object.is(actual[i], expected[i]);
  if (!same) expect(actual).toEqual(expected);
}

const upTo9 = list(10, (i) => i);
const sizes: readonly Size[] = [
  ...upTo9.flatMap((m) => upTo9.map((n): Size => [m, n, (m * 3 + n * 7) % 10])),
  ...upTo9.flatMap((k): Size[] => [
    [1, 1, k],
    [4, 4, k],
    [5, 7, k],
  ]),
  [33, 17, 65],
  [64, 1, 40],
  [1, 130, 300],
  [4, 8, 16],
  [7, 33, 19],
  [67, 12, 18],
  [5, 515, 17],
];

const backends: readonly Backend[] = [reference, guard(products)];
const both = backends.flatMap((backend) =>
  (["float32", "float64"] as const).map((dtype) => ({ backend, name: backend.name, dtype })),
);

describe.each(both)("$name in $dtype", ({ backend, dtype }) => {
  const rounded = (values: readonly number[]): FloatArray =>
    floatArray(dtype, values.length).map((_, i) => values[i]!);

  /** Runs a row at each size, all of it laid out in one memory; `entry` fills buffer number b of size number s. */
  function compute(
    { shapes, run, plain }: Row,
    at: readonly Size[],
    entry: (b: number, i: number, s: number) => number,
  ) {
    const { session, buffers } = backend.open(dtype, (zeros) =>
      at.map(([m, n, k]) => ({
        x: shapes
          .split(" ")
          .map((shape) => zeros(size([...shape].map((letter) => ({ m, n, k })[letter]!)), "float")),
        backwards: zeros(m, "int32"),
      })),
    );
    return buffers.map(({ x, backwards }, s) => {
      const [m, n, k] = at[s]!;
      for (let i = 0; i < m; i++) backwards[i] = m - 1 - i;
      x.forEach((buffer, b) => {
        for (let i = 0; i < buffer.length; i++) buffer[i] = entry(b, i, s);
      });
      const before = x.map((buffer) => buffer.slice());
      session.push(...x, backwards);
      run(session, x, m, n, k, backwards);
      session.pull(...x);
      for (let b = 1; b < x.length; b++) expectSameBits(x[b]!, before[b]!);
      return { result: x[0]!, expected: rounded(plain(before, m, n, k)) };
    });
  }

  test.each(table)("$name equals its plain definition at every size", (row) => {
    const relative = dtype === "float32" ? 3e-7 : 1e-14;
    const scattered = (b: number, i: number): number =>
      (((i + 1) * 2654435761 + b * 40503) >>> 0) / 2 ** 31 - 1.001;
    for (const { result, expected } of compute(row, sizes, scattered))
      if (row.rounds) expectAllClose(result, expected, { relative, absolute: 0 });
      else expectSameBits(result, expected);
  });

  test.each(table.filter(({ rounds }) => !rounds))(
    "$name lets NaN and Infinity through, and multiplies them by 0",
    (row) => {
      const wild = [
        0,
        Number.NaN,
        1,
        Number.POSITIVE_INFINITY,
        0,
        -2,
        Number.NEGATIVE_INFINITY,
        0,
        3,
      ];
      const few: readonly Size[] = [
        [5, 6, 7],
        [4, 4, 1],
        [1, 1, 2],
        [9, 5, 0],
        [5, 9, 18],
      ];
      const shifts = few.flatMap((size) => wild.map(() => size));
      const shifted = (b: number, i: number, s: number): number =>
        b === s % 3 ? 0 : wild[(i * 5 + s + b) % wild.length]!;
      for (const { result, expected } of compute(row, shifts, shifted))
        expectSameBits(result, expected);
    },
  );

  const sums = table.filter(({ name }) => Object.hasOwn(products, name.replace(/ .*/, "")));
  test.each(sums)("$name of nothing but -0 onto -0 is -0", (row) => {
    const zeros = (b: number): number => [-0, 0, -1, -0][b]!; // C, A, B and the bias
    for (const { result, expected } of compute(row, sizes, zeros)) expectSameBits(result, expected);
  });

  test("gatherRows() makes floats of bytes, of the first `count` rows asked for and no more", () => {
    const { session, buffers } = backend.open(dtype, (zeros) => ({
      out: zeros(5, "float"),
      bytes: zeros(6, "uint8"),
      rows: zeros(3, "int32"),
      mean: zeros(2, "float"),
      std: zeros(2, "float"),
    }));
    const { out, bytes, rows, mean, std } = buffers;
    bytes.set([0, 255, 10, 20, 30, 40]);
    rows.set([2, 0, 1]);
    mean.set([10, 5]);
    std.set([2, 10]);
    out.fill(7);
    session.call(gatherRows, out, bytes, rows, 2, 2, mean, std);
    expect([...out]).toEqual([10, 3.5, -5, 25, 7]);
  });
});
