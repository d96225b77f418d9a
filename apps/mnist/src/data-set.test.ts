import { examples } from "@feedforward/data";
import { expect, test } from "vitest";
import { classesOf, withValidation } from "./data-set.ts";

const columns = Array.from({ length: 40 }, (_, i) => [i]);
const all = examples(
  columns,
  columns.map((_, i) => i % 2),
);

test("validation gets its share of each class, and none where the share is 0", () => {
  const { train, validation } = withValidation(all, 0.1);
  expect(train.y).toHaveLength(36);
  expect(validation?.y.toSorted()).toEqual(Int32Array.of(0, 0, 1, 1));
  expect(withValidation(all, 0)).toEqual({ train: all });
});

test("too few images of a class are an error that says what to do", () => {
  const few = examples([[0], [1], [2]], [0, 0, 1]);
  expect(() => withValidation(few, 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[UserError: there are too few images to keep 50.00 % of each class for validation: give --validation 0]`,
  );
});

test("classes count from 0 to the greatest", () => {
  expect(classesOf(all)).toBe(2);
  expect(classesOf(examples([[0]], [9]))).toBe(10);
});
