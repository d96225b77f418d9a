/** The typed arrays that an IDX file can hold. */
export type IdxArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** What an IDX file holds: an array of any rank, row-major. `data.length` is the product of `shape`. */
export interface Idx {
  readonly shape: readonly number[];
  readonly data: IdxArray;
}

/** Makes a typed array of one element type over memory in the host's byte order. */
export interface IdxElement {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): IdxArray;
}

/**
 * The element types of IDX by their code, the third byte of a file.
 *
 * @see LeCun, Cortes and Burges, The MNIST database, "the IDX file format"
 */
export const idxElements: ReadonlyMap<number, IdxElement> = new Map<number, IdxElement>([
  [0x08, Uint8Array],
  [0x09, Int8Array],
  [0x0b, Int16Array],
  [0x0c, Int32Array],
  [0x0d, Float32Array],
  [0x0e, Float64Array],
]);

/** The number of elements of an array of this shape; Infinity where it is beyond counting. */
export function elementCount(shape: readonly number[]): number {
  if (shape.includes(0)) return 0; // Infinity * 0 is NaN
  return shape.reduce((count, length) => count * length, 1);
}

const littleEndianHost = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Turns elements of `size` bytes from IDX's byte order (big-endian) to the host's or back, in place. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  if (size === 1 || !littleEndianHost) return;
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
}
