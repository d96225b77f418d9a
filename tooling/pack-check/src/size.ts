import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of a module and all that it needs, bundled, minified and compressed with gzip. */
export const bundledSize = async (code: string, folder: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).byteLength;
};
