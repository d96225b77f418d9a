import type { Dtype, Session, Zeros } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { wasm } from "./index.ts";

const backend = wasm();

test("wasm() says how it rounds", () => {
  expect(wasm({ deterministic: "portable" }).name).toBe("wasm plain");
  expect(["wasm fused", "wasm plain"]).toContain(backend.name);
});

test("open() lays out zeroed buffers, each on its own cache line, in memory of just that size", () => {
  const { session, buffers } = backend.open("float32", (zeros) => ({
    x: zeros(3, "float"),
    y: zeros(5, "int32"),
    z: zeros(7, "uint8"),
    none: zeros(0, "float"),
  }));
  const { x, y, z, none } = buffers;
  expect([x, y, z, none]).toEqual([
    new Float32Array(3),
    new Int32Array(5),
    new Uint8Array(7),
    new Float32Array(0),
  ]);
  for (const buffer of [x, y, z]) {
    expect(buffer.buffer).toBe(x.buffer);
    expect(buffer.byteOffset % 64).toBe(0);
    expect(buffer.byteOffset).toBeGreaterThan(0);
  }
  expect(session.bytes).toBe(x.buffer.byteLength);
  expect(session.bytes).toBe(65536);
});

test("wasm() names what it cannot be", () => {
  const build = (deterministic: string) => () => wasm({ deterministic } as never);
  expect(build("yes")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: wasm() expects deterministic to be "portable" or left out, but deterministic is yes]`,
  );
});

test.each([0, 1.5, 257, Number.NaN, "2"])("wasm() takes no %s threads", (threads) => {
  expect(() => wasm({ threads: threads as number })).toThrow(
    `wasm() expects threads to be a whole number from 1 to 256, but threads is ${threads}`,
  );
});

test("open() refuses what the kernels cannot compute, and says what can", () => {
  expect(() => backend.open("float64", () => ({}))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: open() expects dtype "float32", but dtype is float64: the kernels have 32 bits, so prove with \`reference\`]`,
  );
  expect(() => backend.open("float16" as Dtype, () => ({}))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: open() expects dtype "float32", but dtype is float16: the kernels have 32 bits, so prove with \`reference\`]`,
  );
});

test("open() says how much memory there would have to be", () => {
  const layout = (zeros: Zeros) => Array.from({ length: 4 }, () => zeros(2 ** 29, "float"));
  expect(() => wasm({ threads: 1 }).open("float32", layout)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: open() expects memory that can be had, but the run needs 8590418336 bytes in one piece: take a smaller batch, fewer units, or an optimizer with less state]`,
  );
});

test("open() refuses a layout that differs between its two runs", () => {
  let run = 0;
  expect(() =>
    backend.open("float32", (zeros) => zeros(++run, "float")),
  ).toThrowErrorMatchingInlineSnapshot(
    `[Error: open() expects layout to ask for the same buffers in both of its runs, but it asked for others: layout only allocates]`,
  );
  expect(() =>
    backend.open("float32", (zeros) => {
      if (run++ === 2) zeros(1, "float");
    }),
  ).toThrow("same buffers");
});

test("zeros() refuses impossible lengths and kinds, and anything after open()", () => {
  const refused = (length: number, kind: string) => () =>
    backend.open("float32", (zeros) => zeros(length, kind as "float"));
  expect(refused(-1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is -1]`,
  );
  expect(refused(1.5, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is 1.5]`,
  );
  expect(refused(1, "int16")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: zeros() expects float, int32 or uint8, but kind is int16]`,
  );
  let late: Zeros | undefined;
  backend.open("float32", (zeros) => {
    late = zeros;
  });
  expect(() => late?.(1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects to be called inside layout, but the run's memory is sealed: lay out every buffer before the first step]`,
  );
});

/** A tagged definition that can be told from its kernel: it writes 5. */
function call(session: Session, kernel: readonly [string, ...number[]], ...args: never[]): void {
  const five = Object.assign((out: Float32Array) => void out.fill(5), { kernel });
  session.call(five as never, ...args);
}

test("call() runs the kernel where there is one, and else the definition", () => {
  const { session, buffers } = backend.open("float32", (zeros) => ({
    x: zeros(2, "float"),
    y: zeros(2, "int32"),
  }));
  const { x, y } = buffers as { x: Float32Array; y: Int32Array };
  const after = (kernel: readonly [string, ...number[]], ...args: unknown[]): number[] => {
    x.fill(1);
    call(session, kernel, ...(args as never[]));
    return [...x];
  };
  expect(after(["fillWith"], x, 2, 3)).toEqual([3, 3]);
  expect(after(["no such kernel"], x, 2, 3)).toEqual([5, 5]);
  expect(after(["fillWith"], x, 2)).toEqual([5, 5]);
  expect(after(["multiply"], x, y, x, 2)).toEqual([5, 5]);
  expect(after(["multiply"], x, x, new Float32Array(2), 2)).toEqual([5, 5]);
  expect(after(["multiply"], x, x, 2, 2)).toEqual([5, 5]);
  expect(after(["scale"], x, x)).toEqual([5, 5]);
  expect(after(["scale"], x, 4)).toEqual([4, 4]);
});

test("a call with the same buffers takes the numbers it is given, and with others these", () => {
  const { session, buffers } = backend.open("float32", (zeros) =>
    Array.from({ length: 100 }, () => zeros(2, "float")),
  );
  const fill = Object.assign(() => {}, { kernel: ["fillWith"] as const });
  for (const round of [0, 100])
    for (const [i, x] of buffers.entries()) {
      session.call(fill as never, ...([x, 2, round + i] as never[]));
      expect([...x]).toEqual([round + i, round + i]);
    }
  session.call(fill as never, ...([buffers[7]!, 1, -1] as never[]));
  expect([...buffers[7]!]).toEqual([-1, 107]);
});

test("a product with another bias finds it, or none", () => {
  const { session, buffers } = backend.open("float32", (zeros) =>
    Array.from({ length: 5 }, () => zeros(4, "float")),
  );
  const [c, a, b, one, two] = buffers as [Float32Array, ...Float32Array[]];
  one!.fill(1);
  two!.fill(2);
  const corner = (...bias: Float32Array[]): number => {
    session.nt(c, a!, b!, 2, 2, 2, ...bias);
    return c[3]!;
  };
  expect([corner(one!), corner(two!), corner(), corner(one!)]).toEqual([1, 2, 0, 1]);
});

test("push() and pull() have nothing to do", () => {
  const { session, buffers } = backend.open("float32", (zeros) => zeros(1, "float"));
  session.push(buffers);
  expect(session.pull(buffers)).toBeUndefined();
});
