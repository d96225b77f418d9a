import { expect, test } from "vitest";
import { clock, elapsed } from "./durations.ts";

test.each([
  [0, "0:00"],
  [4.4, "0:04"],
  [59.6, "1:00"],
  [185, "3:05"],
  [3729, "1:02:09"],
])("clock(%d) is %s", (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});

test("elapsed counts tenths up to a minute", () => {
  expect([0.04, 12.34, 60, 3729].map(elapsed)).toEqual(["0.0 s", "12.3 s", "1:00", "1:02:09"]);
});
