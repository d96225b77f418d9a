import type { FloatArray, Tensor } from "@feedforward/tensor";

// The safetensors format: 8 bytes with the length n of the header, n bytes of JSON, then the numbers,
// little-endian, without a gap. The header names each tensor's dtype, shape and place.
// https://huggingface.co/docs/safetensors

/** What a file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: { readonly [key: string]: string };
}

const LONGEST_HEADER = 100_000_000; // bytes, as in the format's own library
const dtypes = { F32: Float32Array, F64: Float64Array } as const;

/** The bytes of a file. The same content gives the same bytes. */
export function encode({ tensors, metadata }: Safetensors): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header: { [name: string]: unknown } = { __metadata__: metadata };
  for (const [name, { shape, data }] of tensors) {
    const begin = end;
    end += data.byteLength;
    const dtype = data instanceof Float32Array ? "F32" : "F64";
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / 8) * 8; // so that the numbers are aligned
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setUint32(0, start - 8, true);
  bytes.fill(0x20, 8, start);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Reads the bytes of a file; believes no length before it is checked. */
export function decode(caller: string, bytes: Uint8Array): Safetensors {
  const header = headerOf(caller, bytes);
  const data = bytes.subarray(8 + header.length);
  const tensors = new Map<string, Tensor>();
  const metadata: { [key: string]: string } = {};
  const places: [begin: number, end: number][] = [];
  for (const [name, entry] of Object.entries(header.json)) {
    if (name === "__metadata__") {
      for (const [key, value] of Object.entries(objectOf(caller, name, entry)))
        metadata[key] =
          typeof value === "string" ? value : refuse(caller, `${name}.${key} a string`, value);
      continue;
    }
    const { dtype, shape, data_offsets: place } = objectOf(caller, `tensor ${name}`, entry);
    const Kind =
      dtypes[dtype as keyof typeof dtypes] ?? refuse(caller, `${name} of dtype F32 or F64`, dtype);
    if (!isSizes(shape)) refuse(caller, `${name} with a shape`, shape);
    if (!isSizes(place) || place.length !== 2) refuse(caller, `${name} with data_offsets`, place);
    const [begin, end] = place as [number, number];
    const length = shape.reduce((size, n) => size * n, 1);
    if (end - begin !== length * Kind.BYTES_PER_ELEMENT || end > data.length)
      refuse(
        caller,
        `${name} of [${shape.join(", ")}] within the file's ${data.length} bytes of numbers`,
        place,
      );
    places.push([begin, end]);
    tensors.set(name, { shape, data: new Kind(data.slice(begin, end).buffer) as FloatArray });
  }
  expectNoGaps(caller, places, data.length);
  return { tensors, metadata };
}

function headerOf(caller: string, bytes: Uint8Array): { length: number; json: object } {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(
      `${caller}() expects the bytes of a file as a Uint8Array, but got ${typeof bytes}`,
    );
  if (bytes.length < 8) refuse(caller, "a file of at least 8 bytes", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 0x1_0000_0000;
  if (length > bytes.length - 8 || length > LONGEST_HEADER)
    refuse(
      caller,
      `a header within the file's ${bytes.length} bytes`,
      `a header of ${length} bytes`,
    );
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuse(caller, "a header in JSON", `${text.slice(0, 40)}…`);
  }
  return { length, json: objectOf(caller, "the header", json) };
}

function expectNoGaps(caller: string, places: [number, number][], length: number): void {
  let at = 0;
  for (const [begin, end] of places.sort(([a], [b]) => a - b)) {
    if (begin !== at) refuse(caller, `numbers without gap or overlap at byte ${at}`, begin);
    at = end;
  }
  if (at !== length)
    refuse(caller, `${at} bytes of numbers, as the header says`, `${length} bytes`);
}

function objectOf(caller: string, what: string, value: unknown): { [key: string]: unknown } {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as { [key: string]: unknown };
  return refuse(caller, `${what} to be an object`, value);
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Throws: the file is not what it should be. */
export function refuse(caller: string, expected: string, found: unknown): never {
  throw new RangeError(
    `${caller}() expects a file with ${expected}, but found ${typeof found === "string" ? found : JSON.stringify(found)}: ` +
      "the file is damaged, or of another make",
  );
}
