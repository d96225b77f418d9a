import type { FloatArray, Shape, Tensor } from "@feedforward/tensor";
import { cut, isJsonObject, type JsonObject, parseJson, shown } from "./json.ts";

// The safetensors format: 8 bytes with the length n of the header, n bytes of JSON, then the numbers,
// little-endian, without a gap. The header names each tensor's dtype, shape and place.
// https://huggingface.co/docs/safetensors

/** What a file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

const LONGEST_HEADER = 100_000_000; // bytes, as in the format's own library
const ALIGNMENT = 8; // bytes, of the widest dtype
const dtypes = /* @__PURE__ */ new Map<unknown, typeof Float32Array | typeof Float64Array>([
  ["F32", Float32Array],
  ["F64", Float64Array],
]);

/** The bytes of a file. The same content gives the same bytes. */
export function encode({ tensors, metadata }: Safetensors): Uint8Array<ArrayBuffer> {
  // The widest first, so that every tensor is aligned.
  const placed = [...tensors].sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT,
  );
  let end = 0;
  const header: { [name: string]: unknown } = { __metadata__: Object.fromEntries(metadata) };
  for (const [name, { shape, data }] of placed) {
    const begin = end;
    end += data.byteLength;
    const dtype = data instanceof Float32Array ? "F32" : "F64";
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setUint32(0, start - 8, true);
  bytes.fill(0x20, 8, start);
  bytes.set(json, 8);
  let at = start;
  for (const [, { data }] of placed) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Where a tensor lies among a file's numbers, and what it is. */
interface Place {
  readonly name: string;
  readonly Kind: typeof Float32Array | typeof Float64Array;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/** Reads the bytes of a file; believes no length before it is checked. */
export function decode(caller: string, file: Uint8Array): Safetensors {
  if (!(file instanceof Uint8Array))
    throw new TypeError(
      `${caller}() expects the bytes of a file as a Uint8Array, but bytes is ` +
        `${(file as unknown) instanceof ArrayBuffer ? "an ArrayBuffer: write new Uint8Array(bytes)" : `a ${typeof file}`}`,
    );
  // A view of no subclass: slice() of Node's Buffer does not copy.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const { header, start } = headerOf(caller, bytes);
  const { __metadata__: metadata = {}, ...entries } = header;
  const places = Object.entries(entries).map(([name, entry]) => placeOf(caller, name, entry));
  const numbers = bytes.subarray(start);
  expectNoGaps(caller, places, numbers.length);
  return {
    tensors: new Map(
      places.map(({ name, Kind, shape, begin, end }): [string, Tensor] => {
        const data: FloatArray = new Kind(numbers.slice(begin, end).buffer);
        return [name, { shape, data }];
      }),
    ),
    metadata: new Map(
      Object.entries(objectOf(caller, "__metadata__", metadata)).map(([key, value]) =>
        typeof value === "string"
          ? [key, value]
          : refuse(caller, "strings in __metadata__", shown(value)),
      ),
    ),
  };
}

function headerOf(caller: string, bytes: Uint8Array): { header: JsonObject; start: number } {
  if (bytes.length < 8) refuse(caller, "at least 8 bytes", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 0x1_0000_0000;
  if (length > bytes.length - 8 || length > LONGEST_HEADER)
    refuse(caller, `a header within its ${bytes.length} bytes`, `a header of ${length} bytes`);
  const start = 8 + length;
  if (length === 0 || bytes[8] !== 0x7b)
    refuse(caller, "a header that begins with {", length ? `byte ${bytes[8]}` : "an empty one");
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start));
  } catch {
    refuse(caller, "a header in UTF-8", "other bytes");
  }
  const header = parseJson(text) ?? refuse(caller, "a header in JSON, each key once", cut(text));
  return { header: objectOf(caller, "its header", header), start };
}

function placeOf(caller: string, name: string, entry: unknown): Place {
  const what = `tensor ${cut(name)}`;
  const { dtype, shape, data_offsets: offsets } = objectOf(caller, what, entry);
  const Kind = dtypes.get(dtype) ?? refuse(caller, `${what} of dtype F32 or F64`, shown(dtype));
  if (!isSizes(shape)) refuse(caller, `sizes as the shape of ${what}`, shown(shape));
  if (!isSizes(offsets) || offsets.length !== 2)
    refuse(caller, `two data_offsets of ${what}`, shown(offsets));
  const [begin, end] = offsets as readonly [number, number];
  const length = shape.reduce((size, n) => size * n, Kind.BYTES_PER_ELEMENT);
  if (end - begin !== length) refuse(caller, `${length} bytes for ${what}`, `${end - begin}`);
  return { name, Kind, shape, begin, end };
}

/** Throws unless the places are all of the file's numbers, each once: together no larger than the file. */
function expectNoGaps(caller: string, places: readonly Place[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of places.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== at)
      refuse(caller, `tensor ${cut(name)} at byte ${at} of the numbers`, `byte ${begin}`);
    at = end;
  }
  if (at !== length) refuse(caller, `${at} bytes of numbers, as its header says`, `${length}`);
}

const objectOf = (caller: string, what: string, value: unknown): JsonObject =>
  isJsonObject(value) ? value : refuse(caller, `an object as ${what}`, shown(value));

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Throws: the file is not what it should be. */
export function refuse(caller: string, expected: string, found: string): never {
  throw new RangeError(
    `${caller}() expects a file with ${expected}, but found ${found}: ` +
      "the file is damaged, or of another make",
  );
}
