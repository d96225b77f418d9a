import { leakyRelu, tanh } from "@feedforward/activations";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
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

/** JSON with its objects as lists, so that a key can stand twice and values can be any text. */
type Raw = string | Raw[] | { readonly entries: [key: string, value: Raw][] };
const raw = (value: unknown): Raw => {
  if (Array.isArray(value)) return value.map(raw);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return { entries: Object.entries(value).map(([key, entry]) => [key, raw(entry)]) };
};
const write = (value: Raw): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  return `{${value.entries.map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`).join()}}`;
};
/** Every list of entries in a value: what a mutation can act on. */
const listsIn = (value: Raw): [string, Raw][][] => {
  if (typeof value === "string") return [];
  if (Array.isArray(value)) return value.flatMap(listsIn);
  return [value.entries, ...value.entries.flatMap(([, entry]) => listsIn(entry))];
};

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const strange = fc.constantFrom(
  ..."null true -1 -0 0.5 3 1e400 1e15 9007199254740993 NaN [] [1.5] [-2] [0,0] [[3],2] {} deep".split(
    " ",
  ),
  ...[
    '"3"',
    '"F32"',
    '["F32"]',
    '"F64"',
    '"constructor"',
    '{"__proto__":1}',
    "[0,9007199254740991]",
  ],
  ...["[9007199254740991,9007199254740991]", "[0,1e308]", "[4294967296,4294967296]", "[3,2,1]"],
);
const key = fc.constantFrom(
  "__proto__",
  "constructor",
  "extra",
  "format",
  "layers.0.W",
  "toString",
);
const n = fc.nat(1000);
/** A change of an entry in one of the header's objects, or in one of the description's. */
const structural = fc.record({
  kind: fc.constantFrom("set", "remove", "twice", "add", "swap", "rename"),
  inside: fc.constantFrom("header", "description"),
  list: n,
  i: n,
  j: n,
  key,
  strange,
});
const bytewise = fc.record({
  kind: fc.constantFrom("flip", "write", "truncate", "extend", "move", "length"),
  at: fc.integer({ min: -100, max: 900 }), // from the end where below 0: the numbers
  to: fc.nat(900),
  byte: fc.nat(255),
  length: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  near: fc.integer({ min: -9, max: 9 }),
  huge: fc.boolean(),
});
type Structural = typeof structural extends fc.Arbitrary<infer T> ? T : never;
type Bytewise = typeof bytewise extends fc.Arbitrary<infer T> ? T : never;

function changeEntry(value: Raw, { kind, list, i, j, key, strange }: Structural): void {
  const lists = listsIn(value);
  const entries = lists[list % lists.length]!;
  const other = lists[j % lists.length]!;
  const given = strange === "deep" ? deep : strange;
  const [one, two] = [entries[i % entries.length], other[j % other.length]];
  if (kind === "add") entries.splice(i % (entries.length + 1), 0, [key, given]);
  if (!one || !two) return;
  if (kind === "set") one[1] = given;
  if (kind === "remove") entries.splice(entries.indexOf(one), 1);
  if (kind === "twice")
    entries.splice(j % (entries.length + 1), 0, [one[0], j % 2 ? one[1] : given]);
  if (kind === "swap") [one[1], two[1]] = [two[1], one[1]];
  if (kind === "rename") one[0] = j % 2 ? key : two[0];
}

function restructure(file: Uint8Array, changes: readonly Structural[]): Uint8Array {
  const start = 8 + new DataView(file.buffer).getUint32(0, true);
  const { __metadata__: metadata, ...tensors } = JSON.parse(
    new TextDecoder().decode(file.subarray(8, start)),
  );
  const description = raw(JSON.parse(metadata.feedforward));
  for (const change of changes)
    if (change.inside === "description") changeEntry(description, change);
  const header = raw({ __metadata__: { feedforward: write(description) }, ...tensors });
  for (const change of changes) if (change.inside === "header") changeEntry(header, change);
  const text = new TextEncoder().encode(write(header));
  const changed = new Uint8Array(8 + text.length + file.length - start);
  new DataView(changed.buffer).setUint32(0, text.length, true);
  changed.set(text, 8);
  changed.set(file.subarray(start), 8 + text.length);
  return changed;
}

function damage(file: Uint8Array, change: Bytewise): Uint8Array {
  const { kind, byte, length, near, huge } = change;
  const [at, to] = [(change.at + 5000 * file.length) % file.length, change.to % file.length];
  const changed = kind === "extend" ? new Uint8Array(file.length + (to % 40) + 1) : file.slice();
  if (kind === "extend") changed.set(file);
  if (kind === "flip") changed[at]! ^= 1 << (byte % 8);
  if (kind === "write") changed[at] = byte;
  if (kind === "truncate") return file.slice(0, at);
  if (kind === "move") changed.copyWithin(to, at, at + (byte % 32));
  if (kind === "length" && file.length >= 8) {
    const view = new DataView(changed.buffer);
    view.setBigUint64(0, huge ? length : BigInt(Math.max(0, view.getUint32(0, true) + near)), true);
  }
  return changed;
}

/** A strict reader of JSON, for the claim that no key is named twice. */
function expectEachKeyOnce(text: string): void {
  let at = 0;
  const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)\s*/y;
  const next = (): string => {
    token.lastIndex = at;
    const [all, found] = token.exec(text)!;
    at += all.length;
    return found!;
  };
  const value = (): void => {
    const first = next();
    if (first !== "{" && first !== "[") return;
    const keys = new Set<string>();
    const end = first === "{" ? "}" : "]";
    for (;;) {
      const before = at;
      const found = next();
      if (found === end) return;
      if (found === ",") continue;
      if (first === "[") at = before;
      else {
        const key: string = JSON.parse(found);
        expect(keys.has(key), `${key} twice`).toBe(false);
        keys.add(key);
        next();
      }
      value();
    }
  };
  value();
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

/** Loads a file, and counts what the library copies out of it. */
function attempt(bytes: Uint8Array): "refused" | "true" {
  let copied = 0;
  const slice = Uint8Array.prototype.slice;
  const spy = vi.spyOn(Uint8Array.prototype, "slice").mockImplementation(function (
    this: Uint8Array<ArrayBuffer>,
    ...args: [number?, number?]
  ) {
    const copy = slice.apply(this, args);
    copied += copy.byteLength;
    return copy;
  });
  let loaded: Loaded;
  try {
    loaded = load(bytes, given);
  } catch (error) {
    spy.mockRestore();
    expect(copied).toBeLessThanOrEqual(bytes.length);
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toMatch(/^(load|dense|dropout)\(\) expects /);
    expect((error as Error).message.length).toBeLessThan(400);
    return "refused";
  }
  spy.mockRestore();
  expect(copied).toBeLessThanOrEqual(bytes.length);
  expectTrue(bytes, loaded);
  return "true";
}

const file = fc.constantFrom(...files);

test("the files themselves hold what they say", () => {
  for (const bytes of files) {
    expect(attempt(bytes)).toBe("true");
    expect(attempt(restructure(bytes, []))).toBe("true");
  }
});

test("a file with bytes changed, cut off, added or moved is refused, or is another true one", () => {
  const seen = { refused: 0, true: 0 };
  fc.assert(
    fc.property(file, fc.array(bytewise, { minLength: 1, maxLength: 3 }), (bytes, changes) => {
      let changed: Uint8Array = bytes;
      for (const change of changes) if (changed.length) changed = damage(changed, change);
      seen[attempt(changed)]++;
    }),
    { numRuns: 500 },
  );
  expect(seen.refused).toBeGreaterThan(100);
  expect(seen.true).toBeGreaterThan(0);
});

test("a file whose header or description lies is refused, or is another true one", () => {
  const seen = { refused: 0, true: 0 };
  fc.assert(
    fc.property(file, fc.array(structural, { minLength: 1, maxLength: 2 }), (bytes, changes) => {
      seen[attempt(restructure(bytes, changes))]++;
    }),
    { numRuns: 500 },
  );
  expect(seen.refused).toBeGreaterThan(100);
  expect(seen.true).toBeGreaterThan(0);
});

test("every single byte of a file may be missing, and every end cut off", () => {
  for (const bytes of files)
    for (let at = 0; at < bytes.length; at++) {
      expect(attempt(bytes.slice(0, at))).toBe("refused");
      const without = new Uint8Array(bytes.length - 1);
      without.set(bytes.subarray(0, at));
      without.set(bytes.subarray(at + 1), at);
      attempt(without);
    }
});
