import type { FloatArray } from "@feedforward/tensor";

// log sum over c of e^a_c is greatest + log(sumExp): kept apart, since their sum rounds log(sumExp) away
// where the logits are large. -log softmax(a)_c = (greatest - a_c) + log(sumExp) has all its digits.

/** The greatest of a[start, end); NaN where one is. */
export function greatest(a: FloatArray, start: number, end: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = start; j < end; j++) max = Math.max(max, a[j]!);
  return max;
}

/** sum of e^(a_c - max) over a[start, end): 1 or more. */
export function sumExp(a: FloatArray, start: number, end: number, max: number): number {
  let sum = 0;
  for (let j = start; j < end; j++) sum += Math.exp(a[j]! - max);
  return sum;
}
