import { describe, expect, test } from "vitest";
import {
  fraction,
  hiddenWidths,
  notNegative,
  positive,
  positiveInteger,
  seedValue,
} from "./option-values.ts";

const every = { fraction, notNegative, positive, positiveInteger, seedValue };

describe.each(Object.entries(every))("%s", (_name, read) => {
  test.each(["", " ", "abc", "1x", "NaN", "Infinity", "-1", "-0.5"])("refuses %j", (text) => {
    expect(() => read(text)).toThrow(/^It takes a /);
  });
});

test.each([
  [positiveInteger, "12", "0"],
  [seedValue, "4294967295", "4294967296"],
  [positive, "1e-3", "0"],
  [notNegative, "0", "-1e-9"],
  [fraction, "0.999", "1"],
])("%o takes %s and refuses %s", (read, good, bad) => {
  expect(read(good)).toBe(Number(good));
  expect(() => read(bad)).toThrow();
});

describe("hiddenWidths", () => {
  test("reads widths, or none", () => {
    expect(hiddenWidths("512,512")).toEqual([512, 512]);
    expect(hiddenWidths("128")).toEqual([128]);
    expect(hiddenWidths("none")).toEqual([]);
  });

  test.each(["", "0", "1,", ",", "1.5", "128x", "70000", "1,,2"])("refuses %j", (text) => {
    expect(() => hiddenWidths(text)).toThrow(/whole numbers from 1 to 65536/);
  });
});

test("errors say what is allowed", () => {
  expect(() => positiveInteger("0")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes a whole number from 1.]`,
  );
  expect(() => seedValue("-1")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes a whole number from 0 to 4294967295.]`,
  );
  expect(() => positive("0")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes a number above 0.]`,
  );
  expect(() => notNegative("-1")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes a number from 0.]`,
  );
  expect(() => fraction("1")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes a number from 0 to below 1.]`,
  );
  expect(() => hiddenWidths("0")).toThrowErrorMatchingInlineSnapshot(
    `[InvalidArgumentError: It takes whole numbers from 1 to 65536, with commas between them, as in 512,512; or none.]`,
  );
});
