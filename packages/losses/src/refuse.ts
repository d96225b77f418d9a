import type { ShapeError } from "@feedforward/tensor";

type Refusal = typeof TypeError | typeof RangeError | typeof ShapeError;

/** Throws: how every error of a loss reads. */
export const refuse = (
  caller: string,
  name: string,
  wanted: string,
  found: unknown,
  Refusal: Refusal = RangeError,
): never => {
  throw new Refusal(`${caller}() expects ${name} to be ${wanted}, but ${name} is ${found}`);
};
