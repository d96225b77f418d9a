import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";

/** Bundles a file for browsers into a folder; only Node's own modules stay outside. Gives the bundle's path. */
export const bundleWithEsbuild = async (entry: string, into: string): Promise<string> => {
  const outfile = join(into, "esbuild.mjs");
  await esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["node:*"],
    logLevel: "silent",
  });
  return outfile;
};

/** The same with Vite, as it comes. */
export const bundleWithVite = async (entry: string, into: string): Promise<string> => {
  await vite({
    configFile: false,
    root: join(entry, ".."),
    logLevel: "silent",
    build: {
      outDir: into,
      emptyOutDir: false,
      lib: { entry, formats: ["es"], fileName: () => "vite.mjs" },
      rolldownOptions: { external: /^node:/ },
    },
  });
  return join(into, "vite.mjs");
};
