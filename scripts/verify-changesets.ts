import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

// Fails when what a package publishes was changed and no new or changed changeset names the package:
//     node scripts/verify-changesets.ts origin/main
// A change that no user can see is declared by `pnpm changeset --empty`.

const base = process.argv[2] ?? "main";
const git = (...args: readonly string[]): readonly string[] =>
  execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);

const [fork = base] = git("merge-base", base, "HEAD");
const changed = [
  ...git("diff", "--name-only", "--no-renames", fork),
  ...git("ls-files", "--others", "--exclude-standard"),
];

const published = /^packages\/([^/]+)\/src\/(?!.*(\.test(-d)?\.ts$|\.bench\.ts$|(^|\/)golden\/))/;
const packages = new Set(changed.flatMap((path) => published.exec(path)?.[1] ?? []));

const named = changed
  .filter((path) => /^\.changeset\/[^/]+\.md$/.test(path) && existsSync(path))
  .map((path) => /^---\n([\s\S]*?)^---$/m.exec(readFileSync(path, "utf8"))?.[1] ?? "");
const declaredEmpty = named.some((front) => front.trim() === "");
const missing = [...packages]
  // A package that this change removes has nobody left to tell.
  .filter((folder) => existsSync(`packages/${folder}/package.json`))
  .map(
    (folder) => JSON.parse(readFileSync(`packages/${folder}/package.json`, "utf8")).name as string,
  )
  .filter((name) => !named.some((front) => front.includes(`"${name}":`)));

if (missing.length > 0 && !declaredEmpty) {
  console.error(
    `The sources of ${missing.join(", ")} changed since ${base}, but no changeset says so: ` +
      "run `pnpm changeset`, or `pnpm changeset --empty` when no user can see the change.",
  );
  process.exitCode = 1;
}
