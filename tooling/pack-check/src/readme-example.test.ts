import { describe, expect, test } from "vitest";
import { importedPackages, readmeExample } from "./readme-example.ts";

const readme = (install: string, code: string): string =>
  `# A package\n\n    ${install}\n\n\`\`\`ts\n${code}\n\`\`\`\n\n\`\`\`ts\nlater();\n\`\`\`\n`;

describe("readmeExample()", () => {
  test("takes what the install line names, and the first ts block", () => {
    const code = 'import { b } from "@s/b";\nimport { a } from "@s/a";';
    expect(readmeExample("@s/a", readme("npm install @s/a @s/b", code))).toEqual({
      install: ["@s/a", "@s/b"],
      code: `${code}\n`,
    });
  });

  test("refuses an example that cannot be followed", () => {
    const message = (install: string, code: string): string => {
      try {
        readmeExample("@s/a", readme(install, code));
      } catch (error) {
        return String(error);
      }
      return "no error";
    };
    const uses = 'import { a } from "@s/a";';
    expect([
      message("npm install @s/b", uses),
      message("yarn add @s/a", uses),
      message("npm install @s/a", "a();"),
      message("npm install @s/a", `${uses}\nimport type { B } from "@s/b/part";`),
    ]).toMatchInlineSnapshot(`
      [
        "Error: README.md has no line "npm install @s/a" before its other install lines",
        "Error: README.md has no line "npm install @s/a" before its other install lines",
        "Error: the README's first example does not use @s/a",
        "Error: the README's first example imports @s/b, which its install line does not name",
      ]
    `);
    expect(() =>
      readmeExample("@s/a", "    npm install @s/a\n"),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: README.md has no \`\`\`ts block: its first one is run]`,
    );
  });
});

describe("importedPackages()", () => {
  test("finds every package once, over several lines too, and leaves out Node's modules and files", () => {
    expect(
      importedPackages(
        [
          'import { readFile } from "node:fs/promises";',
          'import {\n  a,\n} from "plain";',
          'import "side/effect.js";',
          'export * from "@s/a/part";',
          'import type { A } from "@s/a";',
          'import { own } from "./own.ts";',
          'const text = "import";',
        ].join("\n"),
      ),
    ).toEqual(["plain", "side", "@s/a"]);
  });
});
