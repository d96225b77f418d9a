import type { FloatArray } from "./backend.ts";

/** The length of a tensor along each of its axes. */
export type Shape = readonly number[];

/** A row-major tensor: plain data. `data.length` is the product of `shape`. */
export interface Tensor<S extends Shape = Shape> {
  readonly shape: S;
  readonly data: FloatArray;
}

/** A tensor of rank 1: [length]. */
export type Vector = Tensor<readonly [length: number]>;

/** A tensor of rank 2: [rows, columns]; examples are rows. */
export type Matrix = Tensor<readonly [rows: number, columns: number]>;

/** A tensor of a shape's rank, whatever its lengths. */
export type TensorOf<S extends Shape> = Tensor<{ readonly [K in keyof S]: number }>;
