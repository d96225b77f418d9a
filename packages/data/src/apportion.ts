/**
 * Shares `count` out in proportion to `weights`: whole numbers that add up to `count`, each within 1
 * of its exact share (largest remainders; of equal ones the first).
 */
export function apportion(count: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => (count * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = count - shares.reduce((total, share) => total + share, 0);
  const remainder = (i: number): number => exact[i]! - shares[i]!;
  const order = weights.map((_, i) => i).sort((i, j) => remainder(j) - remainder(i) || i - j);
  for (const i of order.slice(0, left)) shares[i]!++;
  return shares;
}

/**
 * Rounds the table rows_i columns_j / N to whole numbers, each within 1 of its entry, whose row and
 * column sums are exactly `rows` and `columns`.
 *
 * Every entry is rounded down; then each row gives what it lacks to the columns that lack most, one
 * each. That never gets stuck, because a rounding exists and this is the construction of Gale and
 * Ryser.
 *
 * @see Gale, A theorem on flows in networks, Pacific J. Math. 1957; Ryser, Canadian J. Math. 1957
 */
export function apportionTable(rows: readonly number[], columns: readonly number[]): number[][] {
  const count = rows.reduce((total, row) => total + row, 0) || 1; // nothing: 0 / 1, not 0 / 0
  const table = rows.map((row) => columns.map((column) => Math.floor((row * column) / count)));
  const lacking = columns.map((column, j) =>
    table.reduce((total, shares) => total - shares[j]!, column),
  );
  for (const [i, shares] of table.entries()) {
    const left = shares.reduce((total, share) => total - share, rows[i]!);
    const order = columns.map((_, j) => j).sort((j, k) => lacking[k]! - lacking[j]! || j - k);
    for (const j of order.slice(0, left)) {
      shares[j]!++;
      lacking[j]!--;
    }
  }
  return table;
}
