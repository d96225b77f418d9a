import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ink } from "./ink-of.ts";
import { resample } from "./resample.ts";

const side = fc.integer({ min: 1, max: 12 });

test("a constant picture stays constant at any size, and values stay between the extremes", () => {
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (w, h, w2, h2, values) => {
        const data = Float64Array.from({ length: w * h }, () => values.next().value as number);
        const scaled = resample({ width: w, height: h, data }, w2, h2);
        expect(scaled.data).toHaveLength(w2 * h2);
        for (const value of scaled.data) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...data) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(...data) + 1e-12);
        }
      },
    ),
  );
});

test("the same size is the same picture", () => {
  const ink: Ink = { width: 3, height: 2, data: Float64Array.of(0, 1, 0.5, 0.25, 0, 1) };
  expect(resample(ink, 3, 2)).toEqual(ink);
});

test.each([
  // PyTorch 1.13: interpolate(x, size, mode="bilinear", antialias=True)
  [2, [0.25, 0.5625]],
  [4, [0, 0.555556, 0.277778, 0.8125]],
  [9, [0, 0, 0.166667, 0.833333, 0.5, 0.083333, 0.416667, 0.75, 1]],
])("a row of 6 pixels becomes %d as in PyTorch", (width, expected) => {
  const row: Ink = { width: 6, height: 1, data: Float64Array.of(0, 0, 1, 0, 0.5, 1) };
  const column: Ink = { ...row, width: 1, height: 6 };
  const close = expected.map((value) => expect.closeTo(value, 5));
  expect([...resample(row, width, 1).data]).toEqual(close);
  expect([...resample(column, 1, width).data]).toEqual(close);
});
