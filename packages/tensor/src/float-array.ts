import type { Dtype, FloatArray } from "./backend.ts";

/** Zeros of a dtype. */
export function floatArray(dtype: Dtype, length: number): FloatArray {
  return dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/** The dtype of floats; undefined for anything else. Works for an array of another realm too. */
export function dtypeOf(data: unknown): Dtype | undefined {
  const tag = Object.prototype.toString.call(data);
  if (tag === "[object Float32Array]") return "float32";
  return tag === "[object Float64Array]" ? "float64" : undefined;
}
