import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relu } from "@feedforward/activations";
import { expect, test } from "vitest";
import { dense, load, mlp, save } from "./index.ts";

const net = mlp(2, [dense(3, relu), dense(2)], { seed: 1 });
const params = net.layers.map((layer) => layer.params);
const options = { activations: [relu] };

test("load() takes a Buffer, whose slice() does not copy", () => {
  // Small Buffers share one block of memory, so they begin anywhere in it.
  Buffer.from("odd");
  const loaded = load(Buffer.from(save(net)), options);
  expect(loaded.net.layers.map((layer) => layer.params)).toEqual(params);
  expect(loaded.net.layers[0]?.params[0]?.data.buffer.byteLength).toBe(24);
});

test("a network goes to a file and back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "feedforward-"));
  try {
    const path = join(folder, "net.safetensors");
    await writeFile(path, save(net));
    const loaded = load(await readFile(path), options);
    expect(loaded.net.layers.map((layer) => layer.params)).toEqual(params);
  } finally {
    await rm(folder, { recursive: true });
  }
});
