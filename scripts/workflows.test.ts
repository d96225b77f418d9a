import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../.github/workflows/", import.meta.url);
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), "utf8"),
}));

for (const { name, text } of workflows) {
  test(`${name} pins every action to a commit, and says which version that is`, () => {
    const uses = text.match(/^.*\buses:.*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses)
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${name} starts every job with no more than reading, and puts nothing from outside into a script`, () => {
    expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n(?! )/m);
    for (const script of text.match(/run: (\|\n( {10}.*\n)+|.*\n)/g) ?? [])
      expect(script).not.toContain("${{");
  });
}

test("only the job that publishes can prove who it is, and it neither checks out nor installs anything", () => {
  const text = workflows.map((workflow) => workflow.text).join("\n");
  expect(text.match(/id-token: write/g)).toHaveLength(1);
  expect(text).not.toMatch(/secrets\./);
  const publish = /^ {2}publish:\n([\s\S]*)/m.exec(text)?.[1] ?? "";
  expect(publish).toContain("id-token: write");
  expect(publish).not.toMatch(/checkout|pnpm|npx|npm (ci|install|test|run)/);
});
