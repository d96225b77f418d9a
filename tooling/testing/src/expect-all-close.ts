/** How far `actual` may be from `expected`: |actual - expected| <= absolute + relative |expected|. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Throws unless two arrays agree entry by entry; NaN agrees with NaN, an infinity only with itself. */
export function expectAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-6, absolute = 1e-9 }: Tolerance = {},
): void {
  if (actual.length !== expected.length)
    throw new Error(`expected ${expected.length} entries, but got ${actual.length}`);
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] as number;
    const e = expected[i] as number;
    if (Object.is(a, e) || a === e) continue;
    // An infinite tolerance would accept anything for an expected infinity.
    if (Number.isFinite(e) && Math.abs(a - e) <= absolute + relative * Math.abs(e)) continue;
    throw new Error(
      `entry ${i} of ${expected.length}: expected ${e}, but got ${a} ` +
        `(relative tolerance ${relative}, absolute ${absolute})`,
    );
  }
}
