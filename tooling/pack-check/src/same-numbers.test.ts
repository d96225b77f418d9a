import { describe, expect, test } from "vitest";
import { differentNumbers } from "./same-numbers.ts";

describe("differentNumbers()", () => {
  test("finds none where only the writing differs", () => {
    expect(differentNumbers("[ 1, 2.5 ] a1 loss -3e-7", '[1,2.50] "a1" loss: -3.0001e-7')).toBe(
      undefined,
    );
  });

  test("says which number differs, and how many there are", () => {
    expect(differentNumbers("1 2 3", "1 2.1 3")).toMatchInlineSnapshot(
      `"expected 2 as number 2, but printed 2.1"`,
    );
    expect(differentNumbers("1 2 3", "1 2")).toMatchInlineSnapshot(
      `"expected 3 numbers, but printed 2"`,
    );
    expect(differentNumbers("0 1", "1e-9 NaN")).toMatchInlineSnapshot(
      `"expected 2 numbers, but printed 1"`,
    );
  });
});
