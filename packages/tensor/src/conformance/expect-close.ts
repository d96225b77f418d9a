/** How far `got` may be from `wanted`: |got - wanted| <= absolute + relative |wanted|. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** Throws unless the arrays agree entry by entry; NaN agrees with NaN, an infinity only with itself. */
export function expectClose(
  what: string,
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): void {
  for (let i = 0; i < wanted.length; i++) {
    const [g, w] = [got[i]!, wanted[i]!];
    if (g === w || Object.is(g, w)) continue;
    if (Number.isFinite(w) && Math.abs(g - w) <= absolute + relative * Math.abs(w)) continue;
    throw new Error(`${what} is to be ${w} in entry ${i} of ${wanted.length}, but is ${g}`);
  }
}

/** Throws unless a condition holds. */
export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
