import { gatherRows } from "../gather-rows.ts";
import { softmaxRows } from "../softmax.ts";
import { sumRows } from "../sum-rows.ts";
import type { Make } from "./numbers.ts";
import { type RecordedCall, recordedCalls } from "./recorded-calls.ts";

/** Calls of the definitions of this package, over `rows` rows of `columns`. */
export function ownCalls(rows: number, columns: number, make: Make, of?: string): RecordedCall[] {
  const count = rows * columns;
  return recordedCalls((call) => {
    const [out, x] = [make(count, 41), make(3 * count, 42)];
    const pixels = Uint8Array.from({ length: 3 * count }, (_, i) => (i * 89) % 256);
    const order = Int32Array.from({ length: rows }, (_, i) => (i * 5) % (3 * rows));
    const std = make(columns, 44).map((s) => Math.abs(s) + 0.5);
    call(gatherRows, out, x, order, rows, columns, make(columns, 43), std);
    call(gatherRows, out, pixels, order, rows, columns, make(columns, 43), std);
    call(sumRows, make(columns, 45), x, rows, columns);
    call(softmaxRows, out, make(count, 46, 10), rows, columns);
    call(softmaxRows, out, out, rows, columns);
  }, of);
}
