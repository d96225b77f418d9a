import { fileURLToPath } from "node:url";
import { command } from "./command.ts";
import type { Packed } from "./pack.ts";
import { repository } from "./repository.ts";

const required = ["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"];
const allowed =
  /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|dist\/.+\.(js|js\.map|d\.ts|d\.ts\.map)|src\/.+\.ts)$/;
const unwanted = /\.test(-d)?\.ts$|\.bench\.ts$|(^|\/)golden\//;

/** What is wrong with the files of a tarball: lines, none when all is well. */
export const wrongFiles = (files: readonly string[]): readonly string[] => [
  ...required.filter((path) => !files.includes(path)).map((path) => `${path} is missing`),
  ...files
    .filter((path) => !allowed.test(path) || unwanted.test(path))
    .map((path) => `${path} does not belong in the tarball`),
];

/** What is wrong with a packed package.json: lines, none when all is well. */
export const wrongManifest = (manifest: Packed["manifest"]): readonly string[] => {
  const text = JSON.stringify([manifest.exports, manifest.dependencies ?? {}]);
  return ["@feedforward/source", "workspace:", "catalog:"]
    .filter((left) => text.includes(left))
    .map((left) => `package.json still says "${left}": only the workspace understands it`);
};

/** Runs publint over a tarball, warnings and suggestions counting as errors. */
export const lintPackage = async ({ tarball }: Packed): Promise<void> => {
  await command(bin("publint"), ["run", tarball, "--strict"], { cwd: repository });
};

/** Asks "are the types wrong?" of a tarball: how an ES module's importers see its types. */
export const lintTypes = async ({ tarball }: Packed): Promise<void> => {
  await command(
    bin("attw"),
    [tarball, "--profile", "esm-only", "--format", "table-flipped", "--no-color"],
    { cwd: repository },
  );
};

const bin = (name: string): string =>
  fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
