import { expect, test } from "vitest";
import { cosPi } from "./cos-pi.ts";

test("cosPi() is within 1e-15 of Math.cos", () => {
  for (let i = 0; i <= 10_000; i++) {
    const t = i / 10_000;
    expect(Math.abs(cosPi(t) - Math.cos(Math.PI * t))).toBeLessThan(1e-15);
  }
});

test("cosPi() is exact at 0, 1/2 and 1, and odd about 1/2", () => {
  expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
  for (const t of [0.1, 0.25, 0.4]) expect(cosPi(1 - t)).toBeCloseTo(-cosPi(t), 15);
});

test("cosPi() passes NaN through", () => {
  expect(cosPi(Number.NaN)).toBeNaN();
});
