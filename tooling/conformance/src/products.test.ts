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

describe.each(backends)("columns that are zero in every row, on $name", (backend) => {
  const [rows, columns, units] = [33, 131, 70];
  const empty = (j: number): boolean => j % 28 > 11 || j === 5;
  const x = numbers(rows * columns, 5).map((value, at) => (empty(at % columns) ? 0 : value));
  const W = numbers(units * columns, 6);
  const grad = numbers(rows * units, 7);
  const bias = numbers(units, 8);
  const gradW = numbers(units * columns, 9);

  /** The same from products too narrow for anything to be left out. */
  const inParts = (
    width: number,
    part: (from: number, to: number) => Promise<Float32Array>,
  ): Promise<Float32Array[]> =>
    Promise.all(
      Array.from({ length: Math.ceil(units / width) }, (_, i) =>
        part(i * width, Math.min((i + 1) * width, units)),
      ),
    );

  test("leave the bits of x W^T as they are", async () => {
    const whole = await productOn(backend, "nt with a bias", [rows, units, columns], {
      c: numbers(rows * units, 1),
      a: x,
      b: W,
      bias,
    });
    const parts = await inParts(10, (from, to) =>
      productOn(backend, "nt with a bias", [rows, to - from, columns], {
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

  test.each(["tn", "tn onto C"] as const)(
    "leave the bits of grad^T x as they are, %s",
    async (kind) => {
      const whole = await productOn(backend, kind, [units, columns, rows], {
        c: gradW,
        a: grad,
        b: x,
        bias,
      });
      const parts = await inParts(10, (from, to) =>
        productOn(backend, kind, [to - from, columns, rows], {
          c: gradW.slice(from * columns, to * columns),
          a: grad.filter((_, at) => at % units >= from && at % units < to),
          b: x,
          bias,
        }),
      );
      expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
    },
  );

  test("may be all there are", async () => {
    const none = x.map(() => 0);
    const c = await productOn(backend, "nt with a bias", [rows, units, columns], {
      c: numbers(rows * units, 1),
      a: none,
      b: W,
      bias,
    });
    expect([...c.slice(units, 2 * units)]).toEqual([...bias]);
  });
});

test("the products of tensor are those of the reference backend", async () => {
  const from = operandsOf([3, 4, 5]);
  const c = new Float32Array(12);
  products.nt(c, from.a, from.b, 3, 4, 5);
  expect(c).toEqual(await productOn(reference, "nt", [3, 4, 5], from));
});
