import { type FloatArray, type Shape, size, type Tensor } from "@feedforward/tensor";
import { cut, isJsonObject, isString, type JsonObject, parseJson, shown } from "./json.ts";
import { kindOf, refuse } from "./refuse.ts";

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
  readonly key: string;
  /** In a message. */
  readonly name: string;
  readonly Kind: typeof Float32Array | typeof Float64Array;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/** Reads the bytes of a file; believes no length before it is checked. */
export function decode(file: Uint8Array): Safetensors {
  if (!(file instanceof Uint8Array))
    refuse(TypeError, "load", "bytes in a Uint8Array", `bytes is ${kindOf(file)}`);
  // A view of no subclass: slice() of Node's Buffer does not copy.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const { header, start } = headerOf(bytes);
  const { __metadata__: metadata = {}, ...entries } = header;
  const places = Object.entries(entries).map(placeOf);
  const numbers = bytes.subarray(start);
  expectNoGaps(places, numbers.length);
  if (!isJsonObject(metadata) || !Object.values(metadata).every(isString))
    refuseFile("strings in __metadata__", shown(metadata));
  return {
    tensors: new Map(
      places.map(({ key, Kind, shape, begin, end }): [string, Tensor] => {
        const data: FloatArray = new Kind(numbers.slice(begin, end).buffer);
        return [key, { shape, data }];
      }),
    ),
    metadata: new Map(Object.entries(metadata as { readonly [key: string]: string })),
  };
}

function headerOf(bytes: Uint8Array): { header: JsonObject; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length =
    bytes.length < 8 ? 0 : view.getUint32(0, true) + view.getUint32(4, true) * 0x1_0000_0000;
  if (length > bytes.length - 8 || length > LONGEST_HEADER)
    refuseFile(`a header within its ${bytes.length} bytes`, `a header of ${length} bytes`);
  const start = 8 + length;
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start));
  } catch {
    // Not in UTF-8, and so no JSON either.
  }
  const header = parseJson(text);
  if (bytes[8] !== 0x7b || !isJsonObject(header))
    refuseFile("a header in JSON that begins with {, each key once", cut(text) || "other bytes");
  return { header, start };
}

function placeOf([key, entry]: readonly [string, unknown]): Place {
  const name = `tensor ${cut(key)}`;
  const { dtype, shape, data_offsets: offsets } = Object(entry) as JsonObject;
  const Kind = dtypes.get(dtype);
  if (
    !Kind ||
    !isSizes(shape) ||
    !isSizes(offsets) ||
    offsets.length !== 2 ||
    offsets[1]! - offsets[0]! !== size(shape) * Kind.BYTES_PER_ELEMENT
  )
    return refuseFile(
      `${name} of dtype F32 or F64, with a shape and data_offsets that fit`,
      shown(entry),
    );
  return { key, name, Kind, shape, begin: offsets[0]!, end: offsets[1]! };
}

/** Throws unless the places are all of the file's numbers, each once: together no larger than the file. */
function expectNoGaps(places: readonly Place[], length: number): void {
  const inOrder = places.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of [
    ...inOrder,
    { name: "the end", begin: length, end: length },
  ]) {
    if (begin !== at) refuseFile(`${name} at byte ${at} of the numbers`, `byte ${begin}`);
    at = end;
  }
}

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Throws: the file is not what it should be. */
export function refuseFile(expected: string, found: string): never {
  refuse(
    RangeError,
    "load",
    `a file with ${expected}`,
    `found ${found}: the file is damaged, or of another make`,
  );
}
