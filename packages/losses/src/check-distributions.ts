import type { Matrix } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** Throws unless each row of `x` is a distribution over the columns: not negative, and of sum 1 within 1e-4. */
export function checkDistributions(
  { shape: [rows], data }: Matrix,
  columns: number,
  lossName: string,
  name = "y",
): void {
  const wanted = "probabilities of sum 1 in each row";
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const p = data[i * columns + c]!;
      if (!(p >= 0)) refuse(RangeError, lossName, wanted, `${name}[${i}, ${c}] is ${p}`);
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= 1e-4))
      refuse(RangeError, lossName, wanted, `row ${i} of ${name} sums to ${sum}`);
  }
}
