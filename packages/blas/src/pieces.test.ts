import { expect, test } from "vitest";
import type { Library } from "./library.ts";
import { AS_IT_IS, multiplyWith, TRANSPOSED } from "./pieces.ts";

/** cblas_sgemm over one array, in which an address is 4 times an index; notes what it is asked for. */
function library(core: string | undefined, floats: Float64Array) {
  const asked: (readonly [m: number, n: number, k: number])[] = [];
  const sgemm: Library["sgemm"] = (...operands) => {
    const [order, transA, transB, m, n, k, alpha, a, stepA, b, stepB, beta, c, stepC] =
      operands as [number, number, number, number, number, number, ...number[]];
    asked.push([m, n, k]);
    expect([order, alpha]).toEqual([101, 1]);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        const at = c! / 4 + i * stepC! + j;
        let sum = beta === 0 ? 0 : floats[at]!;
        for (let p = 0; p < k; p++)
          sum +=
            floats[a! / 4 + (transA === TRANSPOSED ? p * stepA! + i : i * stepA! + p)]! *
            floats[b! / 4 + (transB === TRANSPOSED ? j * stepB! + p : p * stepB! + j)]!;
        floats[at] = sum;
      }
  };
  return { multiply: multiplyWith({ core, sgemm } as Library), asked };
}

const layouts = {
  nt: [AS_IT_IS, TRANSPOSED],
  nn: [AS_IT_IS, AS_IT_IS],
  tn: [TRANSPOSED, AS_IT_IS],
} as const;
const names = ["nt", "nn", "tn"] as const;

/** C on a library, of steps wider than the matrices, onto what is there. */
function product(
  name: (typeof names)[number],
  core: string | undefined,
  size: number[],
  threads = 1,
) {
  const [m, n, k] = size as [number, number, number];
  const floats = Float64Array.from({ length: 400_000 }, (_, i) => ((i * 7919) % 13) - 6);
  const { multiply, asked } = library(core, floats);
  const [transA, transB] = layouts[name];
  const stepA = (transA === TRANSPOSED ? m : k) + 3;
  const stepB = (transB === TRANSPOSED ? k : n) + 5;
  multiply(threads, transA, transB, m, n, k, 0, stepA, 400_000, stepB, 1, 1_200_000, n + 2);
  return { floats, asked };
}

test.each(names)("%s in pieces is the same product", (name) => {
  for (const size of [
    [50, 70, 400],
    [33, 131, 300],
    [128, 10, 512],
    [7, 200, 800],
  ]) {
    const whole = product(name, undefined, size);
    const cut = product(name, "SkylakeX", size);
    expect(whole.asked).toEqual([size]);
    expect(cut.floats).toEqual(whole.floats);
  }
});

test("pieces are what small kernels take", () => {
  const { asked } = product("nt", "Cooperlake", [50, 70, 400]);
  expect(asked.length).toBeGreaterThan(1);
  for (const [m, n, k] of asked) {
    expect(m * n).toBeLessThanOrEqual(1200);
    expect(m * n * k).toBeLessThanOrEqual(1e6);
  }
  for (const [m, n, k] of product("tn", "Cooperlake", [120, 200, 60]).asked)
    expect(m * n * k).toBeLessThanOrEqual(1e6);
});

test("what is small, of another processor, or for several threads is one product", () => {
  expect(product("nt", "SkylakeX", [50, 70, 400], 2).asked).toEqual([[50, 70, 400]]);
  expect(product("nt", "SkylakeX", [20, 30, 100]).asked).toEqual([[20, 30, 100]]);
  expect(product("nn", "SkylakeX", [50, 70, 100]).asked).toEqual([[50, 70, 100]]);
  expect(product("nt", "Haswell", [50, 70, 400]).asked).toEqual([[50, 70, 400]]);
});
