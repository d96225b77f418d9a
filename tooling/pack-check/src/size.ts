import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Packages with machine code, which no bundler takes in. */
export const native: readonly string[] = ["koffi"];

const MAGIC = Buffer.from("\0asm\x01\0").toString("hex"); // how every WebAssembly binary begins

/** What a module weighs with all that it needs. */
export interface Bundle {
  /** Minified and compressed with gzip. */
  readonly bytes: number;
  /** Whether a WebAssembly binary is in it, as text. */
  readonly hasKernels: boolean;
}

/** Bundles and minifies a module. */
export const bundled = async (code: string, folder: string): Promise<Bundle> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: [...native],
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const { contents, text } = outputFiles[0]!;
  return {
    bytes: gzipSync(contents, { level: 9 }).byteLength,
    hasKernels: text.includes(MAGIC),
  };
};
