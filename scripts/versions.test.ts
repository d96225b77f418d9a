import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

// Each test works in a scratch clone of this checkout's files as they are, committed or not.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = fileURLToPath(new URL("..", import.meta.url));
const left = new Set([".git", ".turbo", "node_modules", "dist", "coverage", "runs"]);
const scope = "@feedforward/";
let origin = "";
let clone = "";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: clone, encoding: "utf8", stdio: "pipe" });
const git = (...args: readonly string[]): string =>
  run("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid", ...args);
const commit = (message: string): void => {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", message);
};
const changeset = (name: string, kind: string): void =>
  writeFileSync(
    join(clone, `.changeset/${name}.md`),
    `---\n"${scope}${name}": ${kind}\n---\n\nDid it.\n`,
  );
const version = (): string => run(join(root, "node_modules/.bin/changeset"), "version");
const manifests = (): readonly Manifest[] =>
  readdirSync(join(clone, "packages")).map(
    (name) =>
      JSON.parse(readFileSync(join(clone, "packages", name, "package.json"), "utf8")) as Manifest,
  );

beforeAll(() => {
  origin = clone = mkdtempSync(join(tmpdir(), "versions-"));
  cpSync(root, origin, {
    recursive: true,
    filter: (from) =>
      !from
        .slice(root.length)
        .split(/[\\/]/)
        .some((part) => left.has(part)),
  });
  symlinkSync(join(root, "node_modules"), join(origin, "node_modules"));
  git("init", "--quiet", "--initial-branch=main");
  commit("Everything as it is");
  // What waits for the next release is released, so that each test begins with no changeset.
  if (readdirSync(join(clone, ".changeset")).some((file) => file.endsWith(".md"))) {
    version();
    commit("Version packages");
  }
});

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "versions-"));
  git("clone", "--quiet", origin, ".");
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));
afterAll(() => rmSync(origin, { recursive: true, force: true }));

/** What a version became: "minor", "patch" or nothing. */
const step = (before: string, after: string): string | undefined => {
  const [major, minor, patch] = before.split(".").map(Number) as [number, number, number];
  if (after === before) return undefined;
  if (after === `${major}.${minor + 1}.0`) return "minor";
  if (after === `${major}.${minor}.${patch + 1}`) return "patch";
  return `${before} to ${after}`;
};

describe("changeset version", () => {
  for (const changed of ["optim", "tensor"])
    test(`gives ${changed} a minor version, those that depend on it a patch, and others nothing`, () => {
      const before = manifests();
      changeset(changed, "minor");
      version();

      const dependents = new Set([scope + changed]);
      for (const name of dependents)
        for (const { name: dependent, dependencies = {} } of before)
          if (name in dependencies) dependents.add(dependent);
      const expected = before.map(({ name }) => [
        name,
        name === scope + changed ? "minor" : dependents.has(name) ? "patch" : undefined,
      ]);
      const after = new Map(manifests().map((manifest) => [manifest.name, manifest.version]));
      expect(before.map(({ name, version }) => [name, step(version, after.get(name)!)])).toEqual(
        expected,
      );

      const steps = new Map(expected as [string, string | undefined][]);
      expect(steps.get(`${scope}activations`)).toBeUndefined();
      if (changed === "optim") expect(steps.get(`${scope}tensor`)).toBeUndefined();
      else expect(steps.get(`${scope}losses`)).toBe("patch");
    });
});

describe("verify-changesets", () => {
  const verify = (): string => {
    try {
      return run(process.execPath, "scripts/verify-changesets.ts", "main");
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  };
  const touch = (path: string): void => appendFileSync(join(clone, path), "\n// changed\n");

  beforeEach(() => {
    git("switch", "--quiet", "--create", "change");
  });

  test("refuses a change to a package's sources that no changeset names", () => {
    touch("packages/optim/src/sgd.ts");
    const text =
      "The sources of @feedforward/optim changed since main, but no changeset says so: " +
      "run `pnpm changeset`, or `pnpm changeset --empty` when no user can see the change.\n";
    expect(verify()).toBe(text);
    commit("Change sgd");
    expect(verify()).toBe(text);
  });

  test("refuses a changeset that names another package", () => {
    touch("packages/optim/src/sgd.ts");
    changeset("tensor", "patch");
    commit("Change sgd");
    expect(verify()).toContain("@feedforward/optim changed");
  });

  test("takes a change with its changeset", () => {
    touch("packages/optim/src/sgd.ts");
    changeset("optim", "patch");
    expect(verify()).toBe("");
    commit("Change sgd");
    expect(verify()).toBe("");
  });

  test("takes an empty changeset for a change that no user can see", () => {
    touch("packages/optim/src/sgd.ts");
    writeFileSync(join(clone, ".changeset/none.md"), "---\n---\n");
    expect(verify()).toBe("");
  });

  test("asks for none where only tests or documents changed", () => {
    touch("packages/optim/src/index.test.ts");
    touch("packages/optim/README.md");
    touch("README.md");
    commit("Change no source");
    expect(verify()).toBe("");
  });

  test("takes the release itself, which consumes the changesets", () => {
    touch("packages/optim/src/sgd.ts");
    changeset("optim", "minor");
    commit("Change sgd");
    git("switch", "--quiet", "main");
    git("merge", "--quiet", "change");
    git("switch", "--quiet", "--create", "release");
    version();
    commit("Version packages");
    expect(verify()).toBe("");
    git("switch", "--quiet", "main");
    git("merge", "--quiet", "release");
    expect(verify()).toBe("");
  });
});
