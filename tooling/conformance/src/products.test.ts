import { products, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { numbers } from "../../../packages/tensor/src/conformance/numbers.ts";
import { sizes } from "../../../packages/tensor/src/conformance/product-checks.ts";
import {
  kinds as allKinds,
  type Kind,
  type Operands,
  operandsOf,
  productOn,
  type Size,
} from "../../../packages/tensor/src/conformance/product-on.ts";

// What our own backends promise of products beyond the conformance kit: their bits.

const backends = [reference, wasm(), wasm({ deterministic: "portable" })];
const kinds = Object.keys(allKinds) as Kind[];

/** C[i,j] = start + A(i,0) B(0,j) + A(i,1) B(1,j) + ..., each product and each sum rounded to 32 bits. */
function rounded(kind: Kind, [m, n, k]: Size, { c, a, b, bias }: Operands): Float32Array {
  const transposed = kind === "tn" || kind === "tn onto C";
  const ofRows = kind === "nt" || kind === "nt with a bias";
  return c.map((start, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = kind === "nt with a bias" ? bias[j]! : kind === "tn onto C" ? start : 0;
    for (let p = 0; p < k; p++) {
      const product = a[transposed ? p * m + i : i * k + p]! * b[ofRows ? j * k + p : p * n + j]!;
      sum = Math.fround(sum + Math.fround(product));
    }
    return sum;
  });
}

describe.each(backends)("on $name", (backend) => {
  describe.each(kinds)("%s", (kind) => {
    test("leaves no trace of tiles and blocks: a row alone and a column alone have the same bits", async () => {
      const [m, n, k] = [23, 21, 1100];
      const from = operandsOf([m, n, k]);
      const whole = await productOn(backend, kind, [m, n, k], from);
      const transposed = kind === "tn" || kind === "tn onto C";
      const ofRows = kind === "nt" || kind === "nt with a bias";
      for (const i of [0, 5, 22])
        for (const j of [0, 7, 20]) {
          const line = (from: Float32Array, step: number, at: number, contiguous: boolean) =>
            Float32Array.from(
              { length: k },
              (_, p) => from[contiguous ? at * k + p : p * step + at]!,
            );
          const alone = await productOn(backend, kind, [1, 1, k], {
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

test.each(kinds)("%s on wasm plain rounds each product and each sum, in order", async (kind) => {
  const backend = wasm({ deterministic: "portable" });
  for (const size of sizes) {
    const from = operandsOf(size);
    expect(await productOn(backend, kind, size, from)).toEqual(rounded(kind, size, from));
  }
});

describe.each(backends)("zeros, on $name", (backend) => {
  const mostly = (count: number, seed: number): Float32Array =>
    numbers(count, seed).map((value, at) => ((at * 7919) % 29 < 8 ? value : 0));
  const wide: readonly Size[] = [
    [33, 70, 131],
    [66, 64, 16],
    [66, 64, 32],
    [70, 101, 300],
    [1030, 64, 190],
  ];
  const differences = (x: Float32Array, y: Float32Array): number[] =>
    [...x.keys()].filter((i) => !Object.is(x[i], y[i])).slice(0, 3);

  /** The same a few columns at a time: too narrow for anything to be left out. */
  async function inParts(kind: Kind, [m, n, k]: Size, from: Operands): Promise<Float32Array> {
    const whole = new Float32Array(m * n);
    const ofRows = kind === "nt" || kind === "nt with a bias";
    for (let j = 0; j < n; j += 10) {
      const width = Math.min(10, n - j);
      const columns = (x: Float32Array): Float32Array =>
        x.filter((_, at) => at % n >= j && at % n < j + width);
      const part = await productOn(backend, kind, [m, width, k], {
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
    test.each(wide)(
      "of either operand leave the bits as they are, %i x %i x %i",
      async (...size) => {
        const [m, n, k] = size;
        const from = operandsOf(size);
        const a = mostly(m * k, 2);
        const b = mostly(n * k, 3);
        for (const zeros of [{ a }, { b }, { a, b: b.map((x, at) => (at % n < n / 2 ? 0 : x)) }]) {
          const all = { ...from, ...zeros };
          const got = await productOn(backend, kind, size, all);
          expect(differences(got, await inParts(kind, size, all))).toEqual([]);
        }
      },
    );

    test("may be all there is", async () => {
      const size: Size = [33, 70, 40];
      const from = operandsOf(size);
      const none = { ...from, a: from.a.map(() => 0) };
      const got = await productOn(backend, kind, size, none);
      expect(got).toEqual(await productOn(reference, kind, size, none));
    });
  });
});

test("the products of tensor are those of the reference backend", async () => {
  const from = operandsOf([3, 4, 5]);
  const c = new Float32Array(12);
  products.nt(c, from.a, from.b, 3, 4, 5);
  expect(c).toEqual(await productOn(reference, "nt", [3, 4, 5], from));
});
