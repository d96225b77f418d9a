import { describe, expect, test } from "vitest";
import { wrongFiles, wrongManifest } from "./contents.ts";

const right = ["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"];

describe("wrongFiles()", () => {
  test("takes what a package is made of", () => {
    expect(wrongFiles([...right, "CHANGELOG.md", "dist/index.js.map", "src/a.ts"])).toEqual([]);
  });

  test("misses a licence and a README", () => {
    expect(wrongFiles(right.slice(2))).toEqual(["LICENSE is missing", "README.md is missing"]);
  });

  test("refuses tests, golden files and whatever else", () => {
    const stray = [
      "src/a.test.ts",
      "src/a.node.test.ts",
      "src/a.test-d.ts",
      "src/golden/golden.json",
      "src/golden/a.ts",
      "tsconfig.json",
    ];
    expect(wrongFiles([...right, ...stray])).toEqual(
      stray.map((path) => `${path} does not belong in the tarball`),
    );
  });
});

describe("wrongManifest()", () => {
  test("refuses what only the workspace understands", () => {
    const manifest = { name: "@s/a", version: "1.0.0", exports: { ".": "./dist/index.js" } };
    expect(wrongManifest(manifest)).toEqual([]);
    expect(
      wrongManifest({
        ...manifest,
        exports: { ".": { "@feedforward/source": "./src/index.ts" } },
        dependencies: { "@s/b": "workspace:^" },
      }),
    ).toMatchInlineSnapshot(`
      [
        "package.json still says "@feedforward/source": only the workspace understands it",
        "package.json still says "workspace:": only the workspace understands it",
      ]
    `);
  });
});
