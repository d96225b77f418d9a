import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { packAll } from "./pack.ts";

// Packs every package into a folder, with order.txt beside the tarballs: "name version tarball" a line,
// what a package needs before the package.
//     node src/release-pack.ts FOLDER

const folder = resolve(process.argv[2] ?? "release");
mkdirSync(folder, { recursive: true });
const lines = (await packAll(folder)).map(
  ({ name, manifest, tarball }) => `${name} ${manifest.version} ${basename(tarball)}\n`,
);
writeFileSync(join(folder, "order.txt"), lines.join(""));
