import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { budgets } from "./budgets.ts";
import { repository } from "./repository.ts";

const packages = readdirSync(join(repository, "packages")).sort();
const json = (path: string): unknown => JSON.parse(readFileSync(join(repository, path), "utf8"));

test("pack-check depends on every package, so that turbo builds it first", () => {
  const { devDependencies } = json("tooling/pack-check/package.json") as {
    devDependencies: Record<string, string>;
  };
  expect(Object.keys(devDependencies).filter((name) => name.startsWith("@feedforward/"))).toEqual(
    packages.map((name) => `@feedforward/${name}`),
  );
});

test("every package has a budget, and every budget a package", () => {
  expect(Object.keys(budgets).sort()).toEqual(packages);
});

test("every package has a licence of its own, the repository's", () => {
  for (const name of packages)
    expect(readFileSync(join(repository, "packages", name, "LICENSE"), "utf8")).toBe(
      readFileSync(join(repository, "LICENSE"), "utf8"),
    );
});

test("the toolchain's lockfile pins each package by its hash, and names no host", () => {
  const lock = json("tooling/pack-check/toolchain/package-lock.json") as {
    packages: Record<string, { integrity?: string; resolved?: string }>;
  };
  for (const [path, { integrity, resolved }] of Object.entries(lock.packages))
    if (path !== "")
      expect({ path, integrity, resolved }).toEqual({
        path,
        integrity: expect.stringMatching(/^sha512-/),
        resolved: undefined,
      });
});
