import type { AnyTargets } from "./loss.ts";
import { refuse } from "./refuse.ts";

/**
 * Throws unless each row of `y` is a class in [0, columns), or in a matrix a distribution over the columns:
 * none negative, and of sum 1 within 1e-4.
 */
export const checkRows = (y: AnyTargets, columns: number, lossName: string, name = "y"): void => {
  const data = y.data ?? y;
  const width = y.data ? columns : 1;
  for (let i = 0; i < data.length; i += width) {
    const row = data.subarray(i, i + width);
    let sum = 0; // of a class, the class itself
    for (const p of row) sum += p < 0 ? Infinity : p;
    if (!(y.data ? Math.abs(sum - 1) <= 1e-4 : sum < columns))
      refuse(
        lossName,
        `${name}[${i / width}]`,
        y.data ? "in [0, 1], of sum 1" : `in [0, ${columns})`,
        row,
      );
  }
};
