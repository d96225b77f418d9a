import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const committed = fileURLToPath(new URL("../peers", import.meta.url));

/** Installs exactly what peers/package-lock.json lists into `folder`; no script of any package runs. */
export function installPeers(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    copyFileSync(join(committed, file), join(folder, file));
  // --legacy-peer-deps: brain.js would bring a graphics library that has to be compiled.
  const args = ["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${folder}`);
}
