import { describe, expect, test } from "vitest";
import { type Confusion, confusionOf, countingAccuracy, mistakes, totals } from "./confusion.ts";

const example: Confusion = { classes: 3, counts: Int32Array.of(5, 2, 0, 0, 7, 2, 4, 0, 6) };

describe("countingAccuracy", () => {
  test("counts what each class was taken for, and returns how many were right", () => {
    const confusion = confusionOf(2);
    const { ofClasses } = countingAccuracy(confusion);
    const a = Float32Array.of(2, 1, 0, 3, 5, 5, /* beyond the rows: */ 9, 0);
    expect(ofClasses?.(a, Int32Array.of(0, 0, 1, 1), 3, 2)).toBe(1);
    expect([...confusion.counts]).toEqual([1, 1, 1, 0]); // of equal logits the first counts
    ofClasses?.(a, Int32Array.of(0), 1, 2);
    expect([...confusion.counts]).toEqual([2, 1, 1, 0]);
  });
});

test("totals are the diagonal and the whole", () => {
  expect(totals(example)).toEqual({ right: 18, all: 26 });
});

describe("mistakes", () => {
  test("come most frequent first, of equals the first, without the diagonal", () => {
    expect(mistakes(example, 5)).toEqual([
      { actual: 2, predicted: 0, times: 4 },
      { actual: 0, predicted: 1, times: 2 },
      { actual: 1, predicted: 2, times: 2 },
    ]);
    expect(mistakes(example, 1)).toHaveLength(1);
  });

  test("of a faultless network are none", () => {
    expect(mistakes({ classes: 2, counts: Int32Array.of(3, 0, 0, 4) }, 5)).toEqual([]);
  });
});
