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

describe.each(backends)("columns that are zero in every row, on $name", (backend) => {
  const [rows, columns, units] = [33, 131, 70];
  const empty = (j: number): boolean => j % 28 > 11 || j === 5;
  const x = numbers(rows * columns, 5).map((value, at) => (empty(at % columns) ? 0 : value));
  const W = numbers(units * columns, 6);
  const grad = numbers(rows * units, 7);
  const bias = numbers(units, 8);
  const gradW = numbers(units * columns, 9);

  /** The same from products too narrow for anything to be left out. */
  function inParts(
    width: number,
    part: (from: number, to: number) => Float32Array,
  ): Float32Array[] {
    const parts: Float32Array[] = [];
    for (let from = 0; from < units; from += width)
      parts.push(part(from, Math.min(from + width, units)));
    return parts;
  }

  test("leave the bits of x W^T as they are", () => {
    const whole = compute(backend, "ntWithBias", [rows, units, columns], {
      c: numbers(rows * units, 1),
      a: x,
      b: W,
      bias,
    });
    const parts = inParts(10, (from, to) =>
      compute(backend, "ntWithBias", [rows, to - from, columns], {
        c: numbers(rows * (to - from), 1),
        a: x,
        b: W.slice(from * columns, to * columns),
        bias: bias.slice(from, to),
      }),
    );
    for (let i = 0; i < rows; i++)
      expect(parts.flatMap((part) => [...part.slice(i * 10, i * 10 + 10)])).toEqual([
        ...whole.slice(i * units, (i + 1) * units),
      ]);
  });

  test.each(["tn", "tnOnto"] as const)("leave the bits of grad^T x as they are, %s", (kind) => {
    const whole = compute(backend, kind, [units, columns, rows], { c: gradW, a: grad, b: x, bias });
    const parts = inParts(10, (from, to) =>
      compute(backend, kind, [to - from, columns, rows], {
        c: gradW.slice(from * columns, to * columns),
        a: grad.filter((_, at) => at % units >= from && at % units < to),
        b: x,
        bias,
      }),
    );
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
  });

  test("hide no NaN and no infinity that meets them", () => {
    const poisoned = W.slice();
    poisoned[3 * columns + 12] = Number.NaN;
    const c = compute(backend, "nt", [rows, units, columns], {
      c: numbers(rows * units, 1),
      a: x,
      b: poisoned,
      bias,
    });
    expect([c[3], c[4 * units + 3]]).toEqual([Number.NaN, Number.NaN]);
    expect(c[4]).toSatisfy(Number.isFinite);
    const infinite = grad.slice();
    infinite[6 * units + 2] = Number.POSITIVE_INFINITY;
    const gradC = compute(backend, "tn", [units, columns, rows], {
      c: gradW,
      a: infinite,
      b: x,
      bias,
    });
    expect(gradC[2 * columns + 12]).toBeNaN();
    expect(gradC[3 * columns + 12]).toBe(0);
  });

  test("may be all there are", () => {
    const none = x.map(() => 0);
    const c = compute(backend, "ntWithBias", [rows, units, columns], {
      c: numbers(rows * units, 1),
      a: none,
      b: W,
      bias,
    });
    expect([...c.slice(units, 2 * units)]).toEqual([...bias]);
  });
});

test("the products of tensor are those of the reference backend", () => {
  const from = operands([3, 4, 5]);
  const c = new Float32Array(12);
  products.nt(c, from.a, from.b, 3, 4, 5);
  expect(c).toEqual(compute(reference, "nt", [3, 4, 5], from));
});
