import { expect, test } from "vitest";
import { ShapeError } from "./shape-error.ts";

test("ShapeError is a RangeError with a name of its own", () => {
  const error = new ShapeError("affine() expects b of [2] for W of [2, 3], but b is [3]");
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toBe("ShapeError: affine() expects b of [2] for W of [2, 3], but b is [3]");
});
