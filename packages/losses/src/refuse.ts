import type { ShapeError } from "@feedforward/tensor";

type Refusal = typeof TypeError | typeof RangeError | typeof ShapeError;

/** Throws: how every error of a loss reads. */
export function refuse(Refusal: Refusal, caller: string, wanted: string, fact: string): never {
  throw new Refusal(`${caller}() expects ${wanted}, but ${fact}`);
}
