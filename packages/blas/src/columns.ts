import {
  type FloatArray,
  findColumns,
  gatherColumns,
  type Kinds,
  type Session,
  type Zeros,
} from "@feedforward/tensor";
import type { Library } from "./library.ts";

// Columns that are zero in every row of a mini-batch (the margins of an image) add nothing to a product,
// as long as what they are multiplied by is finite. They are found anew in every product.

const MOST_COLUMNS = 16384;
const MOST_FLOATS = 2 ** 18; // 1 MB: what is gathered stays in the second cache
const WIDE = 64; // from here on, looking for such columns costs next to nothing

/** Where columns are gathered. */
export interface Room {
  readonly list: Int32Array;
  /** The mini-batch, the other columns left out. */
  readonly x: FloatArray;
  /** Rows of W, or of its gradient, the same columns left out. */
  readonly w: FloatArray;
}

/** What `layout` lays out, and room beside it for columns of the greatest of its buffers. */
export const withRoom =
  <T>(layout: (zeros: Zeros) => T) =>
  (zeros: Zeros): { readonly buffers: T; readonly room: Room } => {
    let longest = 0;
    const buffers = layout(<K extends keyof Kinds>(length: number, kind: K): Kinds[K] => {
      if (kind === "float") longest = Math.max(longest, length);
      return zeros(length, kind);
    });
    const floats = Math.min(longest, MOST_FLOATS);
    const list = zeros(Math.min(longest, MOST_COLUMNS) + 1, "int32");
    return { buffers, room: { list, x: zeros(floats, "float"), w: zeros(floats, "float") } };
  };

/** How many of `rows` rows are gathered at a time, the same number in each part but the last. */
export const rowsThatFit = (room: FloatArray, rows: number, columns: number): number =>
  Math.ceil(rows / Math.ceil((rows * columns) / room.length));

/**
 * Gathers the columns of x[rows,columns] that are not zero throughout into the room; gives how many they
 * are, 0 where all are better taken: few are left out, or something that meets them is not finite.
 *
 * `other` is the address of the `count` numbers they are multiplied by, `width` how many of x's columns
 * or rows of it there are.
 */
export type Gather = (
  x: FloatArray,
  rows: number,
  columns: number,
  width: number,
  other: number,
  count: number,
) => number;

export const gatherColumnsWith =
  ({ call }: Session, { sdot }: Library, { list, x: kept }: Room): Gather =>
  (x, rows, columns, width, other, count) => {
    if (columns < WIDE || width < WIDE || columns >= list.length) return 0;
    call(findColumns, list, x, rows, columns);
    const found = list[0]!;
    if (found >= columns - columns / 8 || rows * found > kept.length) return 0;
    if (!Number.isFinite(sdot(count, other, 1, other, 1))) return 0; // 0 times infinity is NaN
    call(gatherColumns, kept, x, list, rows, columns);
    return found;
  };
