/**
 * The candidate that was most likely meant: the one that `word` begins or that begins `word`, or whose
 * words have these initials ("lr", "learning-rate"), or else that takes the fewest edits.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const initials = (candidate: string): string =>
    candidate
      .split("-")
      .map((part) => part[0])
      .join("");
  return (
    candidates.find((candidate) => candidate.startsWith(word) || word.startsWith(candidate)) ??
    candidates.find((candidate) => initials(candidate) === word) ??
    candidates.toSorted((a, b) => edits(word, a) - edits(word, b))[0]
  );
}

/** How many letters to insert, delete, replace or swap with their neighbour (Damerau and Levenshtein). */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
        swapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
