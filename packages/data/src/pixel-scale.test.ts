import { describe, expect, test } from "vitest";
import { pixelScale } from "./pixel-scale.ts";

describe("pixelScale()", () => {
  test("has mean 0 and std 255 in every column", () => {
    expect(pixelScale(2)).toEqual({ mean: Float64Array.of(0, 0), std: Float64Array.of(255, 255) });
  });

  test("refuses what is no number of columns", () => {
    expect(() => pixelScale(-1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: pixelScale() expects an integer from 0, but columns is -1]`,
    );
    expect(() => pixelScale(1.5)).toThrow(RangeError);
  });
});
