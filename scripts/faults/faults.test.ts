import { expect, test } from "vitest";
import { read } from "../sources.ts";
import { faults } from "./index.ts";

const files = [...new Set(faults.map(({ file }) => file))];

test.each(files)("every fault in %s replaces something that stands there once", (file) => {
  const source = read(file);
  for (const { from, to, test } of faults.filter((fault) => fault.file === file)) {
    expect(source.split(from).length - 1, from).toBe(1);
    expect(to).not.toBe(from);
    expect(test).not.toBe("");
  }
});

test("no fault is listed twice", () => {
  const texts = faults.map(({ file, from, to }) => JSON.stringify([file, from, to]));
  expect(new Set(texts).size).toBe(texts.length);
});
