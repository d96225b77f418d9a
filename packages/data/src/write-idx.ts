import { elementCount, type Idx, idxElements, swapBytes } from "./idx.ts";
import { kindOf } from "./kind-of.ts";

/**
 * Writes an IDX file, raw: the inverse of `readIdx`, bit for bit.
 *
 * @param idx The shape, at most 255 lengths below 2^32, and as many elements as it has places.
 * @returns The bytes of the file, big-endian.
 * @throws {TypeError} when `idx.data` is no typed array of an IDX element type.
 * @throws {RangeError} when the shape cannot be written, or does not fit the data.
 * @see LeCun, Cortes and Burges, The MNIST database, "the IDX file format"
 * @example
 * [...writeIdx({ shape: [3], data: Uint8Array.of(7, 2, 1) })] // => [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]
 */
export function writeIdx({ shape, data }: Idx): Uint8Array<ArrayBuffer> {
  const type = [...idxElements].find(([, Element]) => data instanceof Element)?.[0];
  if (type === undefined)
    throw new TypeError(
      `writeIdx() expects ${[...idxElements.values()].map(({ name }) => name).join(", ")}, but data is ${kindOf(data)}`,
    );
  if (shape.length > 255)
    throw new RangeError(`writeIdx() expects at most 255 axes, but shape has ${shape.length}`);
  for (const [axis, length] of shape.entries())
    if (length !== length >>> 0)
      throw new RangeError(
        `writeIdx() expects integers in [0, 2^32), but shape[${axis}] is ${length}`,
      );
  if (data.length !== elementCount(shape))
    throw new RangeError(
      `writeIdx() expects ${elementCount(shape)} elements for [${shape.join(", ")}], but data has ${data.length}`,
    );
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + data.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 256 * type + shape.length);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  const elements = bytes.subarray(header);
  elements.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  swapBytes(elements, data.BYTES_PER_ELEMENT);
  return bytes;
}
