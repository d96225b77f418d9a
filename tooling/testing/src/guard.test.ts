import { describe, expect, test } from "vitest";
import { type GuardProducts, guard } from "./guard.ts";

type FloatArray = Float32Array | Float64Array;

// C[i,j] = sum over l of A(i,l) B(l,j), by strides: enough for nt, nn and tn.
const product = (
  [c, a, b, m, n, k]: Parameters<GuardProducts["nn"]>,
  [ai, al]: readonly [number, number],
  [bl, bj]: readonly [number, number],
  start: (i: number, j: number) => number,
): void => {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = start(i, j);
      for (let l = 0; l < k; l++) sum += a[i * ai + l * al]! * b[l * bl + j * bj]!;
      c[i * n + j] = sum;
    }
};
const products: GuardProducts = {
  nt: (c, a, b, m, n, k, bias) =>
    product([c, a, b, m, n, k], [k, 1], [1, k], (_i, j) => bias?.[j] ?? 0),
  nn: (c, a, b, m, n, k) => product([c, a, b, m, n, k], [k, 1], [n, 1], () => 0),
  tn: (c, a, b, m, n, k, beta) =>
    product([c, a, b, m, n, k], [1, m], [n, 1], (i, j) => beta * c[i * n + j]!),
};
const backend = guard(products);

const double = (x: FloatArray): void => {
  for (let i = 0; i < x.length; i++) x[i]! *= 2;
};
/** Writes one byte, `offset` bytes from the start of a buffer: what a wrong kernel would do. */
const poke = (x: Float32Array | Float64Array | Int32Array | Uint8Array, offset: number): void => {
  new Uint8Array(x.buffer)[x.byteOffset + offset]! ^= 1;
};

describe.each(["float32", "float64"] as const)("guard(), %s", (dtype) => {
  const laid = () =>
    backend.open(dtype, (zeros) => ({
      a: zeros(6, "float"),
      b: zeros(6, "float"),
      c: zeros(4, "float"),
      bias: zeros(2, "float"),
      classes: zeros(3, "int32"),
      pixels: zeros(5, "uint8"),
    }));
  const size = dtype === "float32" ? 4 : 8;

  test("lays out zeroed buffers of the kinds asked for, in one memory of whole pages", () => {
    const { session, buffers } = laid();
    const Float = dtype === "float32" ? Float32Array : Float64Array;
    expect(buffers.a).toEqual(new Float(6));
    expect(buffers.classes).toEqual(new Int32Array(3));
    expect(buffers.pixels).toEqual(new Uint8Array(5));
    expect(new Set(Object.values(buffers).map((x) => x.buffer)).size).toBe(1);
    expect(buffers.a.buffer.byteLength).toBe(65536);
    expect(session.bytes).toBe(18 * size + 12 + 5);
  });

  test("runs definitions and products over its views", () => {
    const { session, buffers } = laid();
    const { a, b, c, bias } = buffers;
    a.set([1, 2, 3, 4, 5, 6]);
    b.set([1, 0, 1, 0, 1, 0]);
    bias.set([10, 20]);
    session.push(a, b, bias);
    session.call(double, a);
    expect([...a]).toEqual([2, 4, 6, 8, 10, 12]);
    session.nt(c, a, b, 2, 2, 3, bias);
    expect([...c]).toEqual([18, 24, 30, 30]);
    session.nt(c, a, b, 2, 2, 3);
    expect([...c]).toEqual([8, 4, 20, 10]);
    session.nn(c, a, b, 2, 2, 3);
    expect([...c]).toEqual([12, 0, 30, 0]);
    session.tn(c, a, b, 2, 2, 3, 1);
    expect([...c]).toEqual([30, 0, 54, 0]);
    expect(session.pull(c)).toBeUndefined();
  });
});

const open = () =>
  backend.open("float32", (zeros) => ({
    zeros,
    x: zeros(4, "float"),
    y: zeros(4, "float"),
    n: zeros(3, "uint8"),
  }));

test("guard() names the operation and the buffer of an overwritten guard", () => {
  const { session, buffers } = open();
  expect(() => session.call(poke, buffers.y, -4)).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects call(poke) to write inside its buffers, but byte 4 before buffer 1 (float32, length 4) was overwritten]`,
  );
  const tagged = Object.assign((n: Uint8Array) => poke(n, 3), { kernel: ["drop", 0.5] as const });
  const other = open();
  expect(() => other.session.call(tagged, other.buffers.n)).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects call(drop) to write inside its buffers, but byte 1 after buffer 2 (uint8, length 3) was overwritten]`,
  );
  const host = open();
  poke(host.buffers.x, 16);
  expect(() => host.session.push(host.buffers.x)).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects the host, before push(), to write inside its buffers, but byte 1 after buffer 0 (float32, length 4) was overwritten]`,
  );
  const wrong = guard({ ...products, nn: (c) => poke(c, c.byteLength) });
  const run = wrong.open("float32", (zeros) => [1, 2, 3].map((n) => zeros(n, "float")));
  const [a, b, c] = run.buffers as [FloatArray, FloatArray, FloatArray];
  expect(() => run.session.nn(c, a, b, 1, 1, 1)).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects nn() to write inside its buffers, but byte 1 after buffer 2 (float32, length 3) was overwritten]`,
  );
});

test("guard() refuses foreign buffers, wherever they are passed", () => {
  const { session, buffers } = open();
  const { x, y } = buffers;
  const heap = new Float32Array(4);
  expect(() => session.call(double, heap)).toThrowErrorMatchingInlineSnapshot(
    `[Error: call(double) expects buffers that layout made, but argument 0 is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.nt(x, y, heap, 1, 1, 4)).toThrowErrorMatchingInlineSnapshot(
    `[Error: nt() expects buffers that layout made, but b is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.nt(x, y, y, 1, 1, 4, heap)).toThrowErrorMatchingInlineSnapshot(
    `[Error: nt() expects buffers that layout made, but bias is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.nn(heap, x, y, 1, 1, 4)).toThrowErrorMatchingInlineSnapshot(
    `[Error: nn() expects buffers that layout made, but c is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.tn(heap, x, y, 1, 1, 4, 0)).toThrowErrorMatchingInlineSnapshot(
    `[Error: tn() expects buffers that layout made, but c is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.push(x, heap)).toThrowErrorMatchingInlineSnapshot(
    `[Error: push() expects buffers that layout made, but argument 1 is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.pull(open().buffers.x)).toThrowErrorMatchingInlineSnapshot(
    `[Error: pull() expects buffers that layout made, but argument 0 is a foreign Float32Array of 16 bytes]`,
  );
  expect(() => session.call(double, new Float32Array(x.buffer))).toThrowErrorMatchingInlineSnapshot(
    `[Error: call(double) expects buffers that layout made, but argument 0 is a foreign Float32Array of 65536 bytes]`,
  );
  expect(() => session.call(double, [1] as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: call(double) expects buffers and numbers, but argument 0 is object]`,
  );
});

test("guard() takes a part of a buffer, and an empty one", () => {
  const { session, buffers } = open();
  buffers.x.set([1, 2, 3, 4]);
  session.call(double, buffers.x.subarray(1, 3));
  expect([...buffers.x]).toEqual([1, 4, 6, 4]);
  session.call(double, buffers.x.subarray(4));
  const empty = backend.open("float32", (zeros) => zeros(0, "float"));
  empty.session.call(double, empty.buffers);
  backend.open("float32", () => undefined).session.push();
});

test("guard() refuses a product whose operand is too short or overlaps the result", () => {
  const { session, buffers } = open();
  const { x, y } = buffers;
  expect(() => session.nn(x, y, y, 2, 2, 3)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: nn() expects a of at least 6 for m 2, n 2, k 3, but its length is 4]`,
  );
  expect(() => session.tn(x, y, x, 2, 2, 2, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tn() expects c to overlap no operand, but b shares memory with it]`,
  );
  // Side by side is no overlap.
  session.nn(x.subarray(2), x.subarray(0, 2), y, 1, 2, 2);
  session.nn(x.subarray(0, 2), x.subarray(2), y, 1, 2, 2);
});

test("guard() refuses an allocation after open", () => {
  const { zeros } = open().buffers;
  expect(() => zeros(1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[Error: zeros() expects to be called by layout, but memory is sealed]`,
  );
});

test("guard() refuses a layout that differs between its two runs", () => {
  let run = 0;
  const impure = (second: readonly number[]) => () => {
    run = 0;
    return backend.open("float32", (zeros) =>
      (run++ === 0 ? [2, 3] : second).map((length) => zeros(length, "float")),
    );
  };
  expect(impure([2, 4])).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects layout to ask for the same buffers in both of its runs, but buffer 1 is float32 of length 3, then float32 of length 4: layout only allocates]`,
  );
  expect(impure([3, 2])).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects layout to ask for the same buffers in both of its runs, but buffer 0 is float32 of length 2, then float32 of length 3: layout only allocates]`,
  );
  expect(impure([2])).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects layout to ask for the same buffers in both of its runs, but buffer 1 is float32 of length 3, then missing: layout only allocates]`,
  );
  expect(impure([2, 3, 1])).toThrowErrorMatchingInlineSnapshot(
    `[Error: guard expects layout to ask for the same buffers in both of its runs, but buffer 2 is missing, then float32 of length 1: layout only allocates]`,
  );
});

test("guard() refuses a buffer kept from the first run of layout", () => {
  const kept: FloatArray[] = [];
  const { session } = backend.open("float32", (zeros) => kept.push(zeros(2, "float")));
  expect(() => session.call(double, kept[0]!)).toThrow("foreign");
  session.call(double, kept[1]!);
});

test("zeros() refuses an impossible length and an unknown kind", () => {
  const ask = (length: number, kind: string) => () =>
    backend.open("float32", (zeros) => zeros(length, kind as "float"));
  expect(ask(-1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is -1]`,
  );
  expect(ask(1.5, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is 1.5]`,
  );
  expect(ask(1, "float16")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: zeros() expects float, int32 or uint8, but kind is float16]`,
  );
});
