import type { FloatArray, Kinds, Zeros } from "@feedforward/tensor";

const MOST_COLUMNS = 16384;
const MOST_FLOATS = 2 ** 18; // 1 MB: what is gathered stays in the second cache

/** Where columns are gathered to. */
export interface Room {
  /** Those that count: see `listColumns`. */
  readonly list: Int32Array;
  /** The mini-batch with those alone. */
  readonly x: FloatArray;
  /** Rows of W, or of its gradient, with those alone. */
  readonly rows: FloatArray;
  /** One element. */
  readonly greatest: FloatArray;
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
    return {
      buffers,
      room: {
        list: zeros(Math.min(longest, MOST_COLUMNS) + 1, "int32"),
        x: zeros(floats, "float"),
        rows: zeros(floats, "float"),
        greatest: zeros(1, "float"),
      },
    };
  };
