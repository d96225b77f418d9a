import type { FloatArray } from "./backend.ts";

/**
 * log sum over j of e^a[j], of `length` entries from `offset`.
 *
 * The greatest entry is taken out first, so no finite logit overflows. All -Infinity gives
 * -Infinity, any Infinity gives Infinity, NaN gives NaN, and no entries give -Infinity.
 */
export function logSumExpRow(a: FloatArray, offset: number, length: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < length; j++) max = Math.max(max, a[offset + j]!);
  if (!Number.isFinite(max)) return max; // NaN, Infinity, or nothing above -Infinity
  let sum = 0;
  for (let j = 0; j < length; j++) sum += Math.exp(a[offset + j]! - max);
  return max + Math.log(sum);
}
