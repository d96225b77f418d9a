import type { Dtype, FloatArray } from "./backend.ts";

/**
 * Zeros of a dtype.
 *
 * @throws {RangeError} when `dtype` is neither, or `length` is not a length.
 * @example
 * floatArray("float64", 2) // => Float64Array.of(0, 0)
 */
export function floatArray(dtype: Dtype, length: number): FloatArray {
  checkDtype("floatArray", dtype);
  return dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/**
 * The dtype of floats; undefined for anything else. Works for an array of another realm too.
 *
 * @example
 * dtypeOf(Float32Array.of(1)) // => "float32"
 */
export function dtypeOf(data: unknown): Dtype | undefined {
  const tag = Object.prototype.toString.call(data);
  if (tag === "[object Float32Array]") return "float32";
  return tag === "[object Float64Array]" ? "float64" : undefined;
}

/** Throws unless `dtype` is one of the two. */
export function checkDtype(caller: string, dtype: Dtype): void {
  if (dtype !== "float32" && dtype !== "float64")
    throw new RangeError(
      `${caller}() expects dtype "float32" or "float64", but dtype is ${JSON.stringify(dtype)}`,
    );
}
