import { leakyRelu, tanh } from "@feedforward/activations";
import {
  changeJson,
  countAllocations,
  damaged,
  damages,
  expectEachKeyOnce,
  fuzzRuns,
  fuzzTimeout,
  jsonChange,
  raw,
  watch,
  write,
} from "@feedforward/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dense, dropout, type Loaded, load, mlp, save } from "./index.ts";

// A mutated file is either refused by an error of the library's own, or it is another file that holds
// exactly the network that comes out of it: every tensor has the bits that the file has at the place
// its header names, the places cover the numbers once, no key is named twice, and the description is
// that of the network, with nothing left over. (A flipped bit of a weight is such a file.)

const given = { activations: [tanh, leakyRelu({ slope: 0.25 })] };
const standardiser = { mean: Float64Array.of(0.5, 0.25), std: Float64Array.of(2, 3) };
const files = [
  mlp(2, [dense(3, leakyRelu({ slope: 0.25 })), dropout(0.5), dense(2)], {
    seed: 1,
    labels: ["cat", "dog"],
    standardiser,
  }),
  mlp(1, [dense(2, tanh), dense(1)], { seed: 2, dtype: "float64" }),
].map((net) => save(net, { metadata: { history: [1, 2], note: "é" } }));

/** A change in the header, or in the description that is one of its strings. */
const structural = fc.record({
  inside: fc.constantFrom("header", "description"),
  change: jsonChange("format", "layers.0.W"),
});
type Structural = typeof structural extends fc.Arbitrary<infer T> ? T : never;

function restructure(file: Uint8Array, changes: readonly Structural[]): Uint8Array {
  const start = 8 + new DataView(file.buffer).getUint32(0, true);
  const { __metadata__: metadata, ...tensors } = JSON.parse(
    new TextDecoder().decode(file.subarray(8, start)),
  );
  const description = raw(JSON.parse(metadata.feedforward));
  for (const { inside, change } of changes)
    if (inside === "description") changeJson(description, change);
  const header = raw({ __metadata__: { feedforward: write(description) }, ...tensors });
  for (const { inside, change } of changes) if (inside === "header") changeJson(header, change);
  const text = new TextEncoder().encode(write(header));
  const changed = new Uint8Array(8 + text.length + file.length - start);
  new DataView(changed.buffer).setUint32(0, text.length, true);
  changed.set(text, 8);
  changed.set(file.subarray(start), 8 + text.length);
  return changed;
}

/** The claim of a file that is not refused. */
function expectTrue(bytes: Uint8Array, { net, metadata }: Loaded): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start));
  expectEachKeyOnce(text);
  const { __metadata__, ...tensors } = JSON.parse(text);
  expectEachKeyOnce(__metadata__.feedforward);
  const { inputs, dtype, seed, labels } = net;
  expect(JSON.parse(__metadata__.feedforward)).toEqual({
    format: 1,
    inputs,
    dtype,
    seed,
    ...(labels && { labels }),
    layers: net.layers.map(({ layer: { name, options } }) => ({ name, options })),
    metadata,
  });
  const found = new Map<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array }
  >();
  let width = inputs;
  net.layers.forEach(({ layer, params }, k) => {
    for (const [i, { name }] of layer.parameters(width).entries())
      found.set(`layers.${k}.${name}`, params[i]!);
    width = layer.outputs(width);
  });
  for (const [name, data] of Object.entries(net.standardiser ?? {}))
    found.set(`standardiser.${name}`, { shape: [inputs], data });
  expect([...found.keys()].sort()).toEqual(Object.keys(tensors).sort());
  const covered = new Uint8Array(bytes.length - start);
  for (const [name, { shape, data }] of found) {
    const {
      dtype,
      shape: said,
      data_offsets: [begin, end],
    } = tensors[name];
    expect(said).toEqual(shape);
    expect(dtype).toBe(data instanceof Float32Array ? "F32" : "F64");
    expect(new Uint8Array(data.buffer)).toEqual(bytes.slice(start + begin, start + end));
    expect(data.every(Number.isFinite)).toBe(true);
    for (let at = begin; at < end; at++) covered[at]!++;
  }
  expect(covered.every((times) => times === 1)).toBe(true);
}

function attempt(bytes: Uint8Array): "refused" | "true" {
  const done = watch(bytes);
  const { stop } = countAllocations();
  let loaded: Loaded | undefined;
  try {
    loaded = load(bytes, given);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toMatch(/^(load|dense|dropout)\(\) expects /);
    expect((error as Error).message.length).toBeLessThan(400);
  } finally {
    done();
  }
  expect(stop()).toBeLessThanOrEqual(bytes.length); // a copy of the numbers
  if (!loaded) return "refused";
  expectTrue(bytes, loaded);
  return "true";
}

const file = fc.constantFrom(...files);

test("the files themselves hold what they say", { timeout: fuzzTimeout }, () => {
  for (const bytes of files) {
    expect(attempt(bytes)).toBe("true");
    expect(attempt(restructure(bytes, []))).toBe("true");
  }
});

test("a file with bytes changed, cut off, added or moved is refused, or is another true one", {
  timeout: fuzzTimeout,
}, () => {
  const seen = { refused: 0, true: 0 };
  fc.assert(
    fc.property(file, file, damages, (bytes, other, changes) => {
      seen[attempt(damaged(bytes, changes, { places: [0], other }))]++;
    }),
    { numRuns: fuzzRuns },
  );
  expect(seen.refused).toBeGreaterThan(fuzzRuns / 10);
  expect(seen.true).toBeGreaterThan(fuzzRuns / 100);
});

test("a file whose header or description lies is refused, or is another true one", {
  timeout: fuzzTimeout,
}, () => {
  const seen = { refused: 0, true: 0 };
  fc.assert(
    fc.property(file, fc.array(structural, { minLength: 1, maxLength: 2 }), (bytes, changes) => {
      seen[attempt(restructure(bytes, changes))]++;
    }),
    { numRuns: fuzzRuns },
  );
  expect(seen.refused).toBeGreaterThan(fuzzRuns / 10);
  expect(seen.true).toBeGreaterThan(fuzzRuns / 100);
});

test("every single byte of a file may be missing, and every end cut off", {
  timeout: fuzzTimeout,
}, () => {
  for (const bytes of files)
    for (let at = 0; at < bytes.length; at++) {
      expect(attempt(bytes.slice(0, at))).toBe("refused");
      const without = new Uint8Array(bytes.length - 1);
      without.set(bytes.subarray(0, at));
      without.set(bytes.subarray(at + 1), at);
      attempt(without);
    }
});
