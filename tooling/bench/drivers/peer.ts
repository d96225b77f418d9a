import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.env.BENCH_PEERS ?? "";
const require = createRequire(join(folder, "package.json"));

/** A package from the folder of peers. */
export const peer = <Module>(name: string): Module => require(name) as Module;

/** Where a file of such a package lies. */
export const peerFile = (path: string): string => join(folder, "node_modules", path);

/** What is installed of it, for the record. */
export function versionOf(name: string): string {
  const manifest = peerFile(join(name, "package.json"));
  if (!existsSync(manifest)) throw new Error(`${name} is not installed`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return `${name} ${version}`;
}
