import { expect, test } from "vitest";
import { elu, leakyRelu, relu, sigmoid, softplus, tanh } from "./index.ts";

// Here the tolerance is relative alone, unlike in the golden vectors.
const expectDigits = (actual: number, expected: number): void =>
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-14);

test("sigmoid() is exact at both ends and keeps its lower tail", () => {
  expect(sigmoid.g(-1e4)).toBe(0);
  expect(sigmoid.g(1e4)).toBe(1);
  expect(sigmoid.g(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(sigmoid.g(Number.POSITIVE_INFINITY)).toBe(1);
  expectDigits(sigmoid.g(-40), 4.248354255291589e-18);
  expectDigits(sigmoid.g(-700), Math.exp(-700));
  expectDigits(sigmoid.dg(-40, sigmoid.g(-40)), 4.248354255291589e-18);
});

test("softplus() neither overflows nor loses its tail", () => {
  expect(softplus.g(1000)).toBe(1000);
  expect(softplus.g(-1000)).toBe(0);
  expect(softplus.g(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(softplus.g(Number.NEGATIVE_INFINITY)).toBe(0);
  expectDigits(softplus.g(-40), 4.248354255291589e-18);
  expectDigits(softplus.g(-700), Math.exp(-700));
});

test("softplus() does not switch to a at PyTorch's threshold of 20", () => {
  expect(softplus.g(25) - 25).toBeGreaterThan(1e-11);
});

test("elu() keeps the digits of a small a, and its derivative in the tail", () => {
  expectDigits(elu().g(-1e-10), -9.9999999995e-11);
  expectDigits(elu().dg(-40, elu().g(-40)), 4.248354255291589e-18);
  expect(elu().g(Number.NEGATIVE_INFINITY)).toBe(-1);
});

test("tanh() keeps a small a, and is ±1 at the ends", () => {
  expect(tanh.g(-1e-10)).toBe(-1e-10);
  expect([-1e4, 1e4].map((a) => tanh.g(a))).toEqual([-1, 1]);
});

test("a negative zero stays one, but for relu(), where it is 0", () => {
  for (const { g } of [tanh, elu(), leakyRelu()]) expect(g(-0)).toBe(-0);
  expect(relu.g(-0)).toBe(0);
});

test("relu() and leakyRelu() have the lower slope at the kink, elu() has alpha", () => {
  expect(relu.dg(0, 0)).toBe(0);
  expect(leakyRelu({ slope: 0.2 }).dg(0, 0)).toBe(0.2);
  expect(elu({ alpha: 2 }).dg(0, 0)).toBe(2);
});
