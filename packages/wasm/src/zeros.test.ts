import { expect, test } from "vitest";
import { machineOf } from "./machine.ts";
import { backendOf } from "./wasm.ts";

const backend = backendOf(machineOf("plain")!, 1);
const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

test("in whatever column something is not finite, tn does not leave it out", () => {
  const [m, n, k] = [64, 103, 16];
  const { session, buffers } = backend.open("float32", (zeros) => ({
    c: zeros(m * n, "float"),
    a: zeros(k * m, "float"),
    b: zeros(k * n, "float"),
  }));
  const { c, a, b } = buffers;
  for (const value of values)
    for (let column = 0; column < n; column++) {
      const at = (column % k) * n + column;
      b[at] = value;
      session.tn(c, a, b, m, n, k, 0);
      b[at] = 0;
      expect(Array.from(c.subarray(0, n), Number.isNaN).indexOf(true)).toBe(column);
    }
});

test("a small product between two with zeros leaves them what they are", () => {
  const [m, n, k] = [4, 64, 16];
  const { session, buffers } = backend.open("float32", (zeros) => ({
    c: zeros(m * n, "float"),
    a: zeros(m * k, "float"),
    b: zeros(n * k, "float"),
    small: zeros(100, "float"),
  }));
  const { c, a, b, small } = buffers;
  for (let i = 0; i < a.length; i++) a[i] = i % 8 < 3 ? i : 0; // places 0, 1 and 2 of eight
  for (let i = 0; i < b.length; i++) b[i] = i % 7;
  small.fill(1);
  session.nn(c, a, b, m, n, k);
  const before = c.slice();
  session.nn(small.subarray(0, 18), small.subarray(50, 52), small.subarray(60, 69), 2, 9, 1);
  session.nn(c, a, b, m, n, k);
  expect(c).toEqual(before);
});
