import { describe, expect, test } from "vitest";
import { examples } from "./examples.ts";
import { take } from "./take.ts";

describe("take()", () => {
  const pixels = { shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;

  test("copies rows in the order given, and keeps the kind of the data", () => {
    const all = examples(pixels, [7, 8, 9]);
    const some = take(all, [2, 0, 2]);
    expect(some).toEqual({
      x: { shape: [3, 2], data: Uint8Array.of(5, 6, 1, 2, 5, 6) },
      y: Int32Array.of(9, 7, 9),
    });
    some.x.data.fill(0);
    expect(pixels.data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
  });

  test("takes rows of targets, and no rows", () => {
    const y = { shape: [3, 1], data: Float32Array.of(0.5, 1.5, 2.5) } as const;
    expect(take(examples(pixels, y), Int32Array.of(1)).y).toEqual({
      shape: [1, 1],
      data: Float32Array.of(1.5),
    });
    expect(take(examples(pixels, y), []).x).toEqual({ shape: [0, 2], data: new Uint8Array(0) });
  });

  test("refuses rows that are not there", () => {
    const all = examples(pixels, [0, 1, 2]);
    expect(() => take(all, [0, 3])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: take() expects rows in [0, 3), but rows[1] is 3]`,
    );
    for (const row of [-1, 0.5, Number.NaN]) expect(() => take(all, [row])).toThrow(RangeError);
    expect(() => take({ x: pixels, y: Int32Array.of(1) }, [])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: take() expects a target for each of the 3 rows of x, but y has 1]`,
    );
    expect(() => take({ x: pixels, y: new Int32Array(4) }, [])).toThrow("but y has 4");
    expect(() =>
      take({ x: { shape: [3, 3], data: pixels.data }, y: all.y }, []),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: take() expects 9 values for [3, 3], but data has 6]`,
    );
  });
});
