import { gunzip, isGzip } from "./gunzip.ts";
import { elementCount, type Idx, type IdxArray, idxElements, swapBytes } from "./idx.ts";
import { kindOf } from "./kind-of.ts";

/** Options of `readIdx`. */
export interface ReadIdxOptions {
  /** What errors call the file: "train-images", say. */
  readonly name?: string;
  /** The magic number that the file has to start with: 2051 for images, 2049 for labels. Any by default. */
  readonly magic?: number;
  /** The most bytes that the file may have, unpacked. 1 GiB by default. */
  readonly maxBytes?: number;
}

const contents: ReadonlyMap<number, string> = new Map([
  [2049, "a label file"],
  [2051, "an image file"],
]);

/**
 * Reads an IDX file, the format of MNIST, raw or compressed with gzip.
 *
 * The header is magic number 256 type + rank, then the length along each axis, all big-endian. A
 * file has to be exactly as long as its header says, and no longer than `maxBytes`: that is checked
 * before anything of the stated size is allocated.
 *
 * @param bytes The file: raw, or .gz (seen by its first two bytes).
 * @returns The shape, and the elements in the host's byte order. Always a copy of `bytes`.
 * @throws {TypeError} when `bytes` is no Uint8Array.
 * @throws {RangeError} when the file is truncated, corrupt, too long, or not IDX.
 * @see LeCun, Cortes and Burges, The MNIST database, "the IDX file format"
 * @example
 * const { shape, data } = await readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1));
 * shape // => [3]
 * [...data] // => [7, 2, 1]
 */
export async function readIdx(
  bytes: Uint8Array,
  { name = "the file", magic, maxBytes = 0x4000_0000 }: ReadIdxOptions = {},
): Promise<Idx> {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(
      `readIdx() expects a Uint8Array, but bytes is ${kindOf(bytes)}: wrap an ArrayBuffer with new Uint8Array(buffer)`,
    );
  if (!(maxBytes >= 0))
    throw new RangeError(`readIdx() expects maxBytes of at least 0, but maxBytes is ${maxBytes}`);
  if (bytes.length > maxBytes)
    throw new RangeError(
      `readIdx() expects at most ${maxBytes} bytes, but ${name} has ${bytes.length}: raise maxBytes if you trust the file`,
    );
  const raw = isGzip(bytes) ? await gunzip(bytes, { caller: "readIdx", name, maxBytes }) : bytes;
  return parse(raw, name, magic);
}

function parse(bytes: Uint8Array, name: string, magic: number | undefined): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4)
    throw new RangeError(
      `readIdx() expects at least 4 bytes in ${name}, but found ${bytes.length}: it is truncated`,
    );
  const found = view.getUint32(0);
  if (magic !== undefined && found !== magic) {
    const content = contents.get(found);
    throw new RangeError(
      `readIdx() expects magic number ${magic} at the start of ${name}, but found ${found}${content ? `: this is ${content}` : ""}`,
    );
  }
  const Element = idxElements.get(found >>> 8); // a magic number starts with two zero bytes
  if (!Element)
    throw new RangeError(
      `readIdx() expects a magic number 256 type + rank with type ${[...idxElements.keys()].join(", ")} at the start of ${name}, but found ${found}: this is not an IDX file`,
    );
  const rank = found & 0xff;
  const header = 4 + 4 * rank;
  if (bytes.length < header)
    throw new RangeError(
      `readIdx() expects a header of ${header} bytes in ${name} for ${rank} axes, but found ${bytes.length}: it is truncated`,
    );
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = Element.BYTES_PER_ELEMENT;
  const expected = header + size * elementCount(shape);
  if (bytes.length !== expected)
    throw new RangeError(
      `readIdx() expects ${expected} bytes in ${name} for [${shape.join(", ")}] of ${size} each, but found ${bytes.length}: ` +
        (bytes.length < expected ? "it is truncated" : "it has trailing data"),
    );
  const elements = new Uint8Array(bytes.subarray(header));
  swapBytes(elements, size);
  const data: IdxArray = new Element(elements.buffer);
  return { shape, data };
}
