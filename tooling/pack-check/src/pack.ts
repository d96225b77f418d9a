import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";
import { repository } from "./repository.ts";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A package as npm would get it. */
export interface Packed {
  readonly name: string;
  /** Its folder in the repository. */
  readonly folder: string;
  /** Its package.json as packed: no source condition, no workspace protocol. */
  readonly manifest: Manifest;
  readonly tarball: string;
  /** Bytes of the tarball. */
  readonly size: number;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
}

interface PnpmPack {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every package of `packages/` into a folder. */
export const packAll = async (into: string): Promise<readonly Packed[]> => {
  const packed = JSON.parse(
    await command(
      "pnpm",
      ["-r", "--filter", "./packages/*", "pack", "--json", "--pack-destination", into],
      { cwd: repository },
    ),
  ) as readonly PnpmPack[];
  const folders = readdirSync(join(repository, "packages")).map((name) =>
    join(repository, "packages", name),
  );
  return Promise.all(
    packed.map(async ({ name, filename, size, files }) => ({
      name,
      folder: folders.find((folder) => readManifest(folder).name === name)!,
      manifest: JSON.parse(
        await command("tar", ["-xzOf", filename, "package/package.json"], { cwd: into }),
      ) as Manifest,
      tarball: filename,
      size,
      files: files.map(({ path }) => path).sort(),
    })),
  );
};

/** The package.json of a folder. */
export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** Some packages and all packages of the repository that they need at run time. */
export const withDependencies = (
  names: readonly string[],
  all: readonly Packed[],
): readonly Packed[] => {
  const wanted = new Set(names);
  for (const name of wanted) {
    const one = all.find((packed) => packed.name === name);
    if (!one) throw new Error(`${name} is not a package of this repository`);
    for (const dependency of Object.keys(one.manifest.dependencies ?? {}))
      if (all.some((packed) => packed.name === dependency)) wanted.add(dependency);
  }
  return all.filter((packed) => wanted.has(packed.name));
};

/** The specifiers under which a package can be imported. */
export const entryPoints = ({ name, manifest }: Packed): readonly string[] =>
  Object.keys(manifest.exports)
    .filter((path) => path !== "./package.json")
    .map((path) => name + path.slice(1));
