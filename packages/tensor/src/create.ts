import type { Dtype, FloatArray } from "./backend.ts";
import { kindOf } from "./check-tensor.ts";
import { checkDtype, floatArray } from "./float-array.ts";

/** How a new tensor departs from its defaults. */
export interface CreateOptions {
  /** `"float32"` unless told. */
  readonly dtype?: Dtype;
}

/** Throws unless `values` is an array, typed or not, and `options` an object with a dtype if any; returns the dtype. */
export function checkCreation(
  caller: string,
  name: string,
  values: ArrayLike<unknown>,
  { dtype = "float32" }: CreateOptions,
): Dtype {
  checkDtype(caller, dtype);
  if (!Array.isArray(values) && !ArrayBuffer.isView(values))
    throw new TypeError(
      `${caller}() expects ${name} as an array, but ${name} is ${kindOf(values)}`,
    );
  return dtype;
}

/** Copies numbers into `out` from `offset` on. NaN and the infinities are numbers; anything else is refused. */
export function copyNumbers(
  caller: string,
  name: string,
  out: FloatArray,
  offset: number,
  values: ArrayLike<number>,
): void {
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== "number")
      throw new TypeError(`${caller}() expects numbers, but ${name}[${i}] is ${kindOf(value)}`);
    out[offset + i] = value;
  }
}

/** A new array of these numbers. */
export function numbers(
  caller: string,
  name: string,
  values: ArrayLike<number>,
  options: CreateOptions,
): FloatArray {
  const out = floatArray(checkCreation(caller, name, values, options), values.length);
  copyNumbers(caller, name, out, 0, values);
  return out;
}
