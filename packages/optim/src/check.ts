import type { FloatArray } from "./definition.ts";
import type { Parameter } from "./optimizer.ts";

/** Throws: a wrong kind is a TypeError, a wrong value a RangeError. */
export function refuse(caller: string, expected: string, name: string, value: unknown): never {
  const Kind = typeof value === "number" ? RangeError : TypeError;
  throw new Kind(
    `${caller} expects ${expected}, but ${name} is ${typeof value === "string" ? `"${value}"` : value}`,
  );
}

/** Throws unless `value` is finite and at least 0. */
export function checkRate(caller: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) refuse(caller, `a finite ${name} >= 0`, name, value);
}

/** Throws unless `value` is finite and above 0. */
export function checkPositive(caller: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) refuse(caller, `a finite ${name} > 0`, name, value);
}

/** Throws unless `value` lies in [0, 1). */
export function checkFraction(caller: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0 && value < 1))
    refuse(caller, `${name} in [0, 1)`, name, value);
}

/** Throws unless there is one buffer for each parameter, of its length. */
export function checkBuffers(
  caller: string,
  name: string,
  params: readonly Parameter[],
  buffers: readonly FloatArray[],
): void {
  if (buffers.length !== params.length)
    throw new RangeError(
      `${caller} expects ${name} of ${params.length} arrays, one for each parameter, ` +
        `but ${name} has ${buffers.length}`,
    );
  for (let i = 0; i < params.length; i++) {
    const { shape, data } = params[i]!;
    if (buffers[i]!.length !== data.length)
      throw new RangeError(
        `${caller} expects ${name}[${i}] of ${data.length} elements for a parameter of ` +
          `[${shape.join(", ")}], but ${name}[${i}] has ${buffers[i]!.length}`,
      );
  }
}
