import type { ShapeError } from "@feedforward/tensor";
import { isString } from "./json.ts";

type Refusal = typeof TypeError | typeof RangeError | typeof ShapeError;

/** Throws: how every error of this package reads. */
export function refuse(Refusal: Refusal, caller: string, wanted: string, fact: string): never {
  throw new Refusal(`${caller}() expects ${wanted}, but ${fact}`);
}

/** What a value is, for a message: the name of what made an object, and anything else as it is. */
export const kindOf = (value: unknown): string =>
  value instanceof Object ? value.constructor.name : isString(value) ? `"${value}"` : String(value);
