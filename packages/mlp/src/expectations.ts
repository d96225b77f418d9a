import { kindOf, refuse } from "./refuse.ts";

/** Throws unless `value` is a whole number in [0, end). */
function expectWhole(caller: string, name: string, value: number, end: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= end)
    refuse(
      RangeError,
      caller,
      `${name} to be a whole number in [0, ${end})`,
      `${name} is ${value}`,
    );
}

/** Throws unless `value` is a whole number above 0. */
export function expectPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    refuse(RangeError, caller, `${name} to be a whole number above 0`, `${name} is ${value}`);
}

/** Throws unless `step` is a whole number in [0, 2^27): a random stream has words for so many. */
export const expectStep = (caller: string, step: number): void =>
  expectWhole(caller, "step", step, 2 ** 27);

/** Throws unless `seed` is a whole number in [0, 2^32), as random streams take it. */
export const expectSeed = (caller: string, seed: number): void =>
  expectWhole(caller, "seed", seed, 2 ** 32);

/** Throws unless `value` has all of these functions; the commonest mistake is a factory that was not called. */
export function expectFunctions(
  caller: string,
  name: string,
  value: unknown,
  functions: readonly string[],
  remedy: string,
): void {
  const missing = functions.find((key) => typeof Object(value)[key] !== "function");
  if (missing)
    refuse(
      TypeError,
      caller,
      `${name} to have ${functions.join(", ")}`,
      `${name}, ${kindOf(value)}, has no ${missing}: ${remedy}`,
    );
}
