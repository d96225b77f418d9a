import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command.ts";
import { packAll } from "./pack.ts";
import { repository } from "./repository.ts";

// Shows what a release would publish: each package's version, files and sizes. Publishes nothing, asks no registry.

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** "dist/*.d.ts" for dist/adam.d.ts; files at the top stand for themselves. */
const group = (path: string): string => path.replace(/^(.+)\/[^/.]+/, "$1/*");

const scratch = mkdtempSync(join(tmpdir(), "release-dry-"));
try {
  for (const { name, manifest, tarball, size } of await packAll(scratch)) {
    const listing = await command("tar", ["-tvzf", tarball], { cwd: scratch });
    const groups = new Map<string, { files: number; bytes: number }>();
    let unpacked = 0;
    for (const [, digits, path] of listing.matchAll(/^\S+\s+\S+\s+(\d+) .* package\/(.+)$/gm)) {
      const bytes = Number(digits);
      const key = group(path!);
      const { files, bytes: before } = groups.get(key) ?? { files: 0, bytes: 0 };
      groups.set(key, { files: files + 1, bytes: before + bytes });
      unpacked += bytes;
    }
    const needs = Object.entries(manifest.dependencies ?? {}).map((entry) => entry.join(" "));
    console.log(`${name} ${manifest.version}: ${kB(size)} packed, ${kB(unpacked)} unpacked`);
    console.log(`  needs ${needs.join(", ") || "nothing"}`);
    for (const [key, { files, bytes }] of [...groups].sort())
      console.log(`  ${key.padEnd(16)} ${String(files).padStart(3)} ${kB(bytes).padStart(9)}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const waiting = readdirSync(join(repository, ".changeset")).filter((file) => file.endsWith(".md"));
if (waiting.length > 0)
  console.log(
    `${waiting.length} changesets wait: \`pnpm run version\` makes versions of them first`,
  );
