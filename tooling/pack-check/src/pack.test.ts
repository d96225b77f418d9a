import { describe, expect, test } from "vitest";
import { entryPoints, type Packed, withDependencies } from "./pack.ts";

const packed = (
  name: string,
  dependencies: Record<string, string>,
  ...paths: string[]
): Packed => ({
  name,
  folder: `packages/${name}`,
  manifest: {
    name,
    version: "1.0.0",
    exports: Object.fromEntries([".", ...paths].map((path) => [path, "./dist/index.js"])),
    dependencies,
  },
  tarball: `${name}.tgz`,
  size: 1,
  files: [],
});
const all = [
  packed("a", {}),
  packed("b", { a: "^1.0.0", elsewhere: "^2.0.0" }),
  packed("c", { b: "^1.0.0" }),
  packed("@s/d", {}, "./core", "./package.json"),
];

describe("withDependencies()", () => {
  test("adds the repository's packages that are needed, and theirs", () => {
    expect(withDependencies(["c"], all).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(withDependencies(["a"], all).map(({ name }) => name)).toEqual(["a"]);
  });

  test("refuses a name that is not in the repository", () => {
    expect(() => withDependencies(["e"], all)).toThrowErrorMatchingInlineSnapshot(
      `[Error: e is not a package of this repository]`,
    );
  });
});

describe("entryPoints()", () => {
  test("names every path that can be imported, but package.json", () => {
    expect(entryPoints(all[3]!)).toEqual(["@s/d", "@s/d/core"]);
  });
});
