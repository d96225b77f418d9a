import { checkSameShape, checkTensors, type Operands } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import type { Shape, Tensor } from "./tensor.ts";

/**
 * Entry by entry: f of the entry of `x`, and of those of `others` in the same place.
 *
 * @param f Numbers in, a number out. It is called in row-major order.
 * @param x Of any shape.
 * @param others Of the shape and dtype of `x`.
 * @returns Of the shape and dtype of `x`.
 * @throws {ShapeError} when the shapes differ. Nothing is broadcast.
 * @throws {TypeError} when the dtypes differ, or `f` is not a function.
 * @see JAX `tree_map`, which takes its operands so.
 * @example
 * map((w, g) => w - 0.5 * g, vector([1, 2]), vector([4, -2])) // => vector([-1, 3])
 */
export function map<S extends Shape, Others extends readonly Tensor<NoInfer<S>>[]>(
  f: (x: number, ...others: { readonly [K in keyof Others]: number }) => number,
  x: Tensor<S>,
  ...others: Others
): Tensor<S> {
  if (typeof f !== "function")
    throw new TypeError(`map() expects a function, but f is ${typeof f}: write map(f, x)`);
  const operands: Operands = Object.fromEntries([
    ["x", [x]],
    ...others.map((other, i) => [`others[${i}]`, [other]]),
  ]);
  const data = floatArray(checkTensors("map", operands), x.data.length);
  others.forEach((other, i) => {
    checkSameShape("map", `others[${i}]`, other, "x", x);
  });
  const entries = others.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    for (let k = 0; k < others.length; k++) entries[k] = others[k]!.data[i]!;
    data[i] = f(x.data[i]!, ...(entries as { readonly [K in keyof Others]: number }));
  }
  return { shape: x.shape, data };
}
