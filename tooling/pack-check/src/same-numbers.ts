const numbers = (text: string): readonly number[] =>
  (text.match(/(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi) ?? []).map(Number);

/**
 * The first difference between two printed texts, by their numbers: runtimes print arrays and tables
 * each in their own way, and their exp differs in the last bits. Undefined when there is none.
 */
export const differentNumbers = (expected: string, actual: string): string | undefined => {
  const [these, those] = [numbers(expected), numbers(actual)];
  if (these.length !== those.length)
    return `expected ${these.length} numbers, but printed ${those.length}`;
  const same = (a: number, b: number): boolean =>
    Math.abs(a - b) <= 1e-6 + 1e-3 * Math.max(Math.abs(a), Math.abs(b));
  const at = these.findIndex((value, i) => !same(value, those[i]!));
  return at < 0 ? undefined : `expected ${these[at]} as number ${at + 1}, but printed ${those[at]}`;
};
