import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "./index.ts";
import * as module from "./index.ts";

const { affine, argmax, gather, logSoftmax, logSumExp, map, matmul, matmulNT, matmulTN, max } =
  module;
const { mean, permutation, softmax, sum, tensor, vector, zeros } = module;

const dtype = "float64";
const length = fc.integer({ min: 1, max: 9 });
const number = fc.double({ min: -30, max: 30, noNaN: true });

const matrixOf = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  fc
    .array(number, { minLength: rows * columns, maxLength: rows * columns })
    .map((data) => tensor([rows, columns], data, { dtype }));
const anyMatrix = fc.tuple(length, length).chain(([rows, columns]) => matrixOf(rows, columns));
const factors = fc
  .tuple(length, length, length)
  .chain(([m, n, k]) => fc.tuple(matrixOf(m, k), matrixOf(k, n)));

const transposed = ({ shape: [rows, columns], data }: Matrix): Matrix => ({
  shape: [columns, rows],
  data: data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
});

describe("the products", () => {
  test("agree on a transposed operand, to the bit", () => {
    fc.assert(
      fc.property(factors, ([A, B]) => {
        expect(matmulNT(A, transposed(B))).toEqual(matmul(A, B));
        expect(matmulTN(transposed(A), B)).toEqual(matmul(A, B));
        expect(transposed(matmul(transposed(B), transposed(A)))).toEqual(matmul(A, B));
      }),
    );
  });

  test("by the identity change nothing", () => {
    fc.assert(
      fc.property(anyMatrix, (A) => {
        const n = A.shape[1];
        const identity = map((_) => 0, zeros([n, n], { dtype }));
        for (let i = 0; i < n; i++) identity.data[i * (n + 1)] = 1;
        expectAllClose(matmul(A, identity).data, A.data, { relative: 0, absolute: 0 });
      }),
    );
  });

  test("affine() of no bias is matmulNT(h, W); its rows do not know each other", () => {
    fc.assert(
      fc.property(factors, ([h, B]) => {
        const W = transposed(B);
        const b = zeros([W.shape[0]], { dtype });
        const a = affine(W, b, h);
        expectAllClose(a.data, matmulNT(h, W).data, { relative: 0, absolute: 0 });
        const last = Int32Array.of(h.shape[0] - 1);
        expect(affine(W, b, gather(h, last))).toEqual(gather(a, last));
      }),
    );
  });
});

describe("reductions", () => {
  test("along both axes come to the same", () => {
    fc.assert(
      fc.property(anyMatrix, (x) => {
        const tolerance = { relative: 1e-12, absolute: 1e-11 };
        for (const axis of [0, 1] as const) {
          expectAllClose([sum(sum(x, { axis }))], [sum(x)], tolerance);
          expectAllClose([mean(mean(x, { axis }))], [mean(x)], tolerance);
          expect(max(max(x, { axis }))).toBe(max(x));
        }
      }),
    );
  });

  test("let one NaN through, and the infinities", () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const x = tensor([2, 3], [1, nan, infinity, 2, 3, -infinity], { dtype });
    expect(sum(x, { axis: 0 }).data).toEqual(Float64Array.of(3, nan, nan));
    expect(mean(x, { axis: 1 }).data).toEqual(Float64Array.of(nan, -infinity));
    expect(max(x, { axis: 0 }).data).toEqual(Float64Array.of(2, nan, infinity));
    expect([sum(x), mean(x), max(x)]).toEqual([nan, nan, nan]);
  });

  test("of nothing are 0, NaN and -Infinity", () => {
    const nothing = zeros([0, 2]);
    expect([sum(nothing), mean(nothing), max(nothing)]).toEqual([
      0,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
    ]);
  });
});

test("logSumExp() is at least the greatest entry, at most log n above it, and moves with a shift", () => {
  fc.assert(
    fc.property(anyMatrix, fc.integer({ min: -700, max: 700 }), (a, shift) => {
      const [above, greatest] = [logSumExp(a), max(a, { axis: 1 })];
      const shifted = logSumExp(map((x) => x + shift, a));
      above.data.forEach((x, i) => {
        expect(x).toBeGreaterThanOrEqual(greatest.data[i]!);
        expect(x).toBeLessThanOrEqual(greatest.data[i]! + Math.log(a.shape[1]) + 1e-12);
        expectAllClose([shifted.data[i]!], [x + shift], { relative: 1e-12, absolute: 1e-12 });
      });
    }),
  );
});

test("argmax() finds the greatest entry; softmax and logSoftmax keep it where it is", () => {
  fc.assert(
    fc.property(anyMatrix, (a) => {
      const classes = argmax(a);
      const found = Float64Array.from(classes, (c, i) => a.data[i * a.shape[1] + c]!);
      const unsigned = (value: number): number => value + 0; // 0 and -0 are equals: the first is taken
      expect(found.map(unsigned)).toEqual(max(a, { axis: 1 }).data.map(unsigned));
      expect(found.map((_, i) => softmax(a).data[i * a.shape[1] + classes[i]!]!)).toEqual(
        max(softmax(a), { axis: 1 }).data,
      );
      expect(found.map((_, i) => logSoftmax(a).data[i * a.shape[1] + classes[i]!]!)).toEqual(
        max(logSoftmax(a), { axis: 1 }).data,
      );
    }),
  );
});

test("argmax() takes the first of equals, and the first NaN before anything", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY } = Number;
  const a = tensor(
    [5, 3],
    [
      1,
      1,
      0,
      0,
      nan,
      infinity,
      nan,
      9,
      nan,
      NEGATIVE_INFINITY,
      NEGATIVE_INFINITY,
      NEGATIVE_INFINITY,
      -0,
      0,
      -0,
    ],
  );
  expect(argmax(a)).toEqual(Int32Array.of(0, 1, 0, 0, 0));
  expect(argmax(zeros([0, 3]))).toEqual(new Int32Array(0));
});

test("gather() by a permutation and back changes nothing; a row may be taken twice, or none", () => {
  fc.assert(
    fc.property(anyMatrix, fc.nat(), (x, seed) => {
      const order = permutation(new Int32Array(x.shape[0]), { seed, stream: 0, counter: 0 });
      const back = order.map((_, i) => order.indexOf(i));
      expect(gather(gather(x, order), back)).toEqual(x);
      expect(gather(x, Int32Array.of(0, 0)).data.length).toBe(2 * x.shape[1]);
      expect(gather(x, new Int32Array(0)).shape).toEqual([0, x.shape[1]]);
    }),
  );
});

test("gather() makes float32 of bytes unless told, and standardises by column", () => {
  const x = { shape: [2, 2], data: Uint8Array.of(0, 255, 100, 50) } as const;
  const rows = Int32Array.of(1);
  expect(gather(x, rows)).toEqual(tensor([1, 2], [100, 50]));
  expect(gather(x, rows, { dtype })).toEqual(tensor([1, 2], [100, 50], { dtype }));
  const standardiser = { mean: Float32Array.of(10, 0), std: Float32Array.of(9, 100) };
  expect(gather(x, rows, { standardiser })).toEqual(tensor([1, 2], [10, 0.5]));
});

test("map() keeps any shape, calls in row-major order, and takes any number of operands", () => {
  const seen: number[] = [];
  const x = tensor([2, 1, 2], [1, 2, 3, 4]);
  const y = map((a) => {
    seen.push(a);
    return -a;
  }, x);
  expect([y, seen]).toEqual([tensor([2, 1, 2], [-1, -2, -3, -4]), [1, 2, 3, 4]]);
  expect(map((a, b, c, d) => a + b * c - d, x, x, x, y)).toEqual(map((a) => 2 * a + a * a, x));
  expect(map(Math.sqrt, vector([]))).toEqual(vector([]));
});
