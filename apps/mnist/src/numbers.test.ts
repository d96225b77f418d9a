import { expect, test } from "vitest";
import { count, counted, percent, rate } from "./numbers.ts";

test("numbers are written as people write them", () => {
  expect(count(60_000)).toBe("60,000");
  expect(percent(0.97621)).toBe("97.62 %");
  expect([1, 2, 1000].map((n) => counted(n, "time"))).toEqual(["1 time", "2 times", "1,000 times"]);
  expect([0, 0.1, 0.012345, 1.2e-7, 3].map(rate)).toEqual(["0", "0.1", "0.0123", "1.20e-7", "3"]);
});
