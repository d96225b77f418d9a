import fc from "fast-check";
import { expect, test } from "vitest";
import type { FloatArray } from "./backend.ts";
import { products } from "./products.ts";
import { reference } from "./reference.ts";

/** C[i,j] = start + sum over p of A(i,p) B(p,j), one accumulator, p ascending. */
function naive(
  m: number,
  n: number,
  k: number,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
  start: (i: number, j: number) => number = () => 0,
): number[] {
  return Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = start(i, j);
    for (let p = 0; p < k; p++) sum += a(i, p) * b(p, j);
    return sum;
  });
}

const size = fc.integer({ min: 0, max: 13 });
const values = (length: number, salt: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => ((((i + salt) * 2654435761) >>> 0) / 2 ** 31 - 1) / 3);

test("products() equal their definitions bit for bit over odd sizes", () => {
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: 1, max: 999 }), (m, n, k, salt) => {
      const c: FloatArray = new Float64Array(m * n).fill(7);
      const a = values(m * k, salt);
      const b = values(k * n, salt + 1);
      products.nn(c, a, b, m, n, k);
      expect([...c]).toEqual(
        naive(
          m,
          n,
          k,
          (i, p) => a[i * k + p]!,
          (p, j) => b[p * n + j]!,
        ),
      );
      products.tn(c, a, b, m, n, k, 0);
      const tn = naive(
        m,
        n,
        k,
        (i, p) => a[p * m + i]!,
        (p, j) => b[p * n + j]!,
      );
      expect([...c]).toEqual(tn);
      products.tn(c, a, b, m, n, k, 1);
      expect([...c]).toEqual(
        naive(
          m,
          n,
          k,
          (i, p) => a[p * m + i]!,
          (p, j) => b[p * n + j]!,
          (i, j) => tn[i * n + j]!,
        ),
      );
      const bias = values(n, salt + 2);
      products.nt(c, a, b, m, n, k, bias);
      const nt = naive(
        m,
        n,
        k,
        (i, p) => a[i * k + p]!,
        (p, j) => b[j * k + p]!,
        (_i, j) => bias[j]!,
      );
      expect([...c]).toEqual(nt);
    }),
  );
});

test("open() lays out zeroed buffers of the kinds asked for, and counts their bytes", () => {
  const { session, buffers } = reference.open("float64", (zeros) => [
    zeros(3, "float"),
    zeros(2, "int32"),
    zeros(1, "uint8"),
  ]);
  expect(buffers).toEqual([new Float64Array(3), new Int32Array(2), new Uint8Array(1)]);
  expect(session.bytes).toBe(33);
  expect(reference.open("float32", (zeros) => zeros(1, "float")).buffers).toEqual(
    new Float32Array(1),
  );
});

test("open() refuses an allocation after the layout, and a length that is none", () => {
  const { buffers: zeros } = reference.open("float32", (z) => z);
  expect(() => zeros(1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects to be called inside layout, but the run's memory is sealed: lay out every buffer before the first step]`,
  );
  expect(() => reference.open("float32", (z) => z(-1, "float"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is -1]`,
  );
});
