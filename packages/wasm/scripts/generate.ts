// Compiles assembly/ to WebAssembly, once for each arithmetic variant, bundles src/worker.ts, and writes
// both as text to src/generated/, which is committed. `--check` compiles, writes nothing, and fails where
// a file is stale. A folder: another copy of the package, to work there.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { build, version } from "esbuild";

const isMain = process.argv[1] === fileURLToPath(import.meta.url);
const folder = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
const root = isMain && folder ? folder : fileURLToPath(new URL("..", import.meta.url));

// The memory is imported as shared, with room to grow to all of it: src/binary.ts patches the import for
// a memory that is not shared.
const flags = [
  ...["-O3", "--converge", "--noAssert", "--runtime", "stub"],
  ...["--importMemory", "--sharedMemory", "--zeroFilledMemory"],
  ...["--initialMemory", "1", "--maximumMemory", "65536"],
  ...["--enable", "simd", "--enable", "threads", "--disableWarning", "112"],
];
/** In the order of the pieces in src/generated/kernels.ts. */
const variants = { fused: [...flags, "--enable", "relaxed-simd"], plain: flags };

/** What src/worker.ts is made of. */
const worked = ["src/job.ts", "src/kernels-over.ts", "src/worker.ts"];

/** The digest of everything that the generated files depend on: the first line of each names it. */
export function digest(): string {
  const hash = createHash("sha256").update(asc.version).update(version);
  const sources = readdirSync(join(root, "assembly"))
    .sort()
    .map((file) => `assembly/${file}`);
  for (const path of [...sources, "scripts/generate.ts", ...worked])
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

/** The text of every generated file, by its path in the package. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const texts: string[] = [];
  const scratch = mkdtempSync(join(tmpdir(), "feedforward-"));
  try {
    for (const [variant, options] of Object.entries(variants)) {
      const binary = join(scratch, `${variant}.wasm`);
      const entry = join(root, "assembly/index.ts");
      const { error, stderr } = await asc.main([entry, "--outFile", binary, ...options]);
      if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
      texts.push(readFileSync(binary).toString("hex")); // a third smaller than base64, once compressed
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  files.set("src/generated/kernels.ts", textOf("kernels", woven(texts)));
  files.set("src/generated/worker.ts", textOf("worker", await worker()));
  return files;
}

/**
 * The texts cut into pieces, the first of each, then the second of each, and so on: what they have in common lies within
 * the window of gzip then, which makes both of them together two fifths smaller.
 */
function woven(texts: readonly string[]): readonly string[] {
  const cut = (text: string, i: number): string =>
    text.slice((text.length * i) / PIECES, (text.length * (i + 1)) / PIECES);
  return Array.from({ length: PIECES }, (_, i) => texts.map((text) => cut(text, i))).flat();
}

const PIECES = 8;

function textOf(name: string, text: string | readonly string[]): string {
  const type = typeof text === "string" ? "string" : "readonly string[]";
  const from = `// Written by scripts/generate.ts, sha256 ${digest()}: do not edit.`;
  return `${from}\nexport const ${name}: ${type} =\n  ${JSON.stringify(text)};\n`;
}

/** What runs in a worker, as a script. */
async function worker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/worker.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.text.trim();
}

/** The generated files that differ from what `generate` gives. */
function stale(files: ReadonlyMap<string, string>): string[] {
  const committed = (path: string): string | undefined => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch {
      return undefined;
    }
  };
  return [...files].filter(([path, text]) => committed(path) !== text).map(([path]) => path);
}

if (isMain) {
  const files = await generate();
  if (process.argv.includes("--check")) {
    for (const path of stale(files)) {
      console.error(`${path} is stale: run \`pnpm generate\` in packages/wasm`);
      process.exitCode = 1;
    }
  } else for (const [path, text] of files) writeFileSync(join(root, path), text);
}
