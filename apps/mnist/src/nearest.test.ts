import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const options = ["batch", "epochs", "hidden", "learning-rate", "momentum", "out", "weight-decay"];

test.each([
  ["hiden", "hidden"],
  ["epcohs", "epochs"],
  ["batch-size", "batch"],
  ["learn", "learning-rate"],
  ["lr", "learning-rate"],
  ["wd", "weight-decay"],
  ["momemtum", "momentum"],
  ["output", "out"],
])("of %s is %s", (word, option) => {
  expect(nearest(word, options)).toBe(option);
});

test("among nothing is nothing", () => {
  expect(nearest("hidden", [])).toBeUndefined();
});
