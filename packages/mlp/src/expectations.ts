/** Throws unless `value` is a whole number above 0. */
export function expectPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(
      `${caller}() expects ${name} to be a whole number above 0, but ${name} is ${value}`,
    );
}

/** Throws unless `value` is a whole number in [0, 2^32), as random streams take it. */
export function expectSeed(caller: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(
      `${caller}() expects seed to be a whole number in [0, 4294967296), but seed is ${seed}`,
    );
}
