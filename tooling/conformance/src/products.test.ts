import { products, reference } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { numbers, wildNumbers } from "./numbers.ts";
import { compute, type Kind, kinds, type Operands, operands, sizes } from "./product-runs.ts";

const backends = [reference, wasm(), wasm({ deterministic: "portable" })];

/** C[i,j] = start + A(i,0) B(0,j) + A(i,1) B(1,j) + ..., each product and each sum rounded to 32 bits. */
function rounded(
  kind: Kind,
  [m, n, k]: (typeof sizes)[0],
  { c, a, b, bias }: Operands,
): Float32Array {
  const transposed = kind === "tn" || kind === "tnOnto";
  const ofRows = kind === "nt" || kind === "ntWithBias";
  return c.map((start, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = kind === "ntWithBias" ? bias[j]! : kind === "tnOnto" ? start : 0;
    for (let p = 0; p < k; p++) {
      const product = a[transposed ? p * m + i : i * k + p]! * b[ofRows ? j * k + p : p * n + j]!;
      sum = Math.fround(sum + Math.fround(product));
    }
    return sum;
  });
}

describe.each(backends)("on $name", (backend) => {
  const reach = (k: number) => ({ relative: 1e-5, absolute: 1e-6 * Math.sqrt(k + 1) });

  describe.each(kinds)("%s", (kind) => {
    test.each(sizes)("computes its definition for %i x %i x %i", (...size) => {
      const from = operands(size);
      const wanted = compute(reference, kind, size, from);
      expectAllClose(compute(backend, kind, size, from), wanted, reach(size[2]));
    });

    test("still does when the engine has optimised it", () => {
      const size = [13, 41, 17] as (typeof sizes)[0];
      const from = operands(size);
      const wanted = compute(reference, kind, size, from);
      expectAllClose(compute(backend, kind, size, from, 3000), wanted, reach(17));
    });

    test.each([
      [7, 19, 5],
      [1, 3, 40],
    ] as typeof sizes)("lets NaN and infinities through, %i x %i x %i", (...size) => {
      const from = operands(size, wildNumbers);
      const kindOf = (x: number): string => (Number.isFinite(x) ? "finite" : String(x));
      const wanted = compute(reference, kind, size, from);
      const got = compute(backend, kind, size, from);
      expect(Array.from(got, kindOf)).toEqual(Array.from(wanted, kindOf));
    });

    test("leaves no trace of tiles and blocks: a row alone and a column alone have the same bits", () => {
      const [m, n, k] = [23, 21, 1100];
      const from = operands([m, n, k]);
      const whole = compute(backend, kind, [m, n, k], from);
      const transposed = kind === "tn" || kind === "tnOnto";
      const ofRows = kind === "nt" || kind === "ntWithBias";
      for (const i of [0, 5, 22])
        for (const j of [0, 7, 20]) {
          const line = (from: Float32Array, step: number, at: number, contiguous: boolean) =>
            Float32Array.from(
              { length: k },
              (_, p) => from[contiguous ? at * k + p : p * step + at]!,
            );
          const alone = compute(backend, kind, [1, 1, k], {
            c: from.c.slice(i * n + j, i * n + j + 1),
            a: line(from.a, m, i, !transposed),
            b: line(from.b, n, j, ofRows),
            bias: from.bias.slice(j, j + 1),
          });
          expect(alone[0]).toBe(whole[i * n + j]);
        }
    });
  });

  test("an operand on the heap is multiplied all the same", () => {
    const { buffers, session } = backend.open("float32", (zeros) => zeros(4, "float"));
    session.nn(buffers, Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 0, 0, 1), 2, 2, 2);
    expect([...buffers]).toEqual([1, 2, 3, 4]);
  });
});

test.each(kinds)("%s on wasm plain rounds each product and each sum, in order", (kind) => {
  const backend = wasm({ deterministic: "portable" });
  for (const size of sizes) {
    const from = operands(size);
    expect(compute(backend, kind, size, from)).toEqual(rounded(kind, size, from));
  }
});

describe.each(backends)("zeros, on $name", (backend) => {
  const mostly = (count: number, seed: number): Float32Array =>
    numbers(count, seed).map((value, at) => ((at * 7919) % 29 < 8 ? value : 0));
  const wide: typeof sizes = [
    [33, 70, 131],
    [66, 64, 16],
    [70, 101, 300],
    [1030, 64, 190],
  ];

  const differences = (x: Float32Array, y: Float32Array): number[] =>
    [...x.keys()].filter((i) => !Object.is(x[i], y[i])).slice(0, 3);

  /** The same a few columns at a time: too narrow for anything to be left out. */
  function inParts(kind: Kind, [m, n, k]: (typeof sizes)[0], from: Operands): Float32Array {
    const whole = new Float32Array(m * n);
    const ofRows = kind === "nt" || kind === "ntWithBias";
    for (let j = 0; j < n; j += 10) {
      const width = Math.min(10, n - j);
      const columns = (x: Float32Array): Float32Array =>
        x.filter((_, at) => at % n >= j && at % n < j + width);
      const part = compute(backend, kind, [m, width, k], {
        c: columns(from.c),
        a: from.a,
        b: ofRows ? from.b.slice(j * k, (j + width) * k) : columns(from.b),
        bias: from.bias.slice(j, j + width),
      });
      for (let i = 0; i < m; i++) whole.set(part.subarray(i * width, (i + 1) * width), i * n + j);
    }
    return whole;
  }

  describe.each(kinds)("%s", (kind) => {
    test.each(wide)("of either operand leave the bits as they are, %i x %i x %i", (...size) => {
      const [m, n, k] = size;
      const full = operands(size);
      for (const from of [
        { ...full, a: mostly(m * k, 2) },
        { ...full, b: mostly(n * k, 3) },
        {
          ...full,
          a: mostly(m * k, 2),
          b: mostly(n * k, 3).map((x, at) => (at % n < n / 2 ? 0 : x)),
        },
      ])
        expect(differences(compute(backend, kind, size, from), inParts(kind, size, from))).toEqual(
          [],
        );
    });

    test("hide no NaN and no infinity that meets them", () => {
      const [m, n, k] = [66, 70, 33];
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        for (const [name, other] of [
          ["a", "b"],
          ["b", "a"],
        ] as const) {
          const from = operands([m, n, k]);
          const poisoned = { ...from, [other]: from[other].map(() => 0) };
          poisoned[name][5] = value;
          const kindOf = (x: number): string => (Number.isFinite(x) ? "finite" : "NaN");
          const got = compute(backend, kind, [m, n, k], poisoned);
          const wanted = compute(reference, kind, [m, n, k], poisoned);
          expect(Array.from(got, kindOf)).toEqual(Array.from(wanted, kindOf));
          expect(got.some(Number.isNaN)).toBe(true);
        }
    });

    test("may be all there is", () => {
      const size: (typeof sizes)[0] = [33, 70, 40];
      const from = operands(size);
      const none = { ...from, a: from.a.map(() => 0) };
      expect(compute(backend, kind, size, none)).toEqual(compute(reference, kind, size, none));
    });
  });
});

test("the products of tensor are those of the reference backend", () => {
  const from = operands([3, 4, 5]);
  const c = new Float32Array(12);
  products.nt(c, from.a, from.b, 3, 4, 5);
  expect(c).toEqual(compute(reference, "nt", [3, 4, 5], from));
});
