import type { Matrix } from "@feedforward/tensor";
import { refusal } from "./refusal.ts";

/** Throws unless each row of `x` is a distribution over the columns: not negative, and of sum 1 within 1e-4. */
export function checkDistributions(
  caller: string,
  name: string,
  { shape: [rows, columns], data }: Matrix,
  remedy = "",
): void {
  for (let i = 0; i < rows; i++) {
    let fact = "";
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const p = data[i * columns + c]!;
      if (!(p >= 0)) fact ||= `${name}[${i}, ${c}] is ${p}`;
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= 1e-4)) fact ||= `row ${i} of ${name} sums to ${sum}`;
    if (fact)
      throw new RangeError(refusal(caller, "probabilities of sum 1 in each row", fact + remedy));
  }
}
