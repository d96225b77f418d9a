import { expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";

test("chromiumPath takes CHROMIUM, else the first that is installed", () => {
  const installed = (path: string): boolean => path.includes("chrom");
  expect(chromiumPath({ CHROMIUM: "/opt/chromium" }, installed)).toBe("/opt/chromium");
  expect(chromiumPath({}, installed)).toBe("/usr/bin/chromium");
  expect(chromiumPath({}, (path) => path.endsWith("chrome"))).toBe("/usr/bin/google-chrome");
});

test("chromiumPath finds none where CHROMIUM is empty, or none is installed", () => {
  expect(chromiumPath({ CHROMIUM: "" }, () => true)).toBeUndefined();
  expect(chromiumPath({}, () => false)).toBeUndefined();
});
