import type { Matrix } from "@feedforward/tensor";

/** Throws unless all entries of `x` are `valid`, which `wanted` says in words. */
export function checkValues(
  caller: string,
  name: string,
  { shape: [, columns], data }: Matrix,
  wanted: string,
  valid: (value: number) => boolean,
  remedy = "",
): void {
  for (let i = 0; i < data.length; i++)
    if (!valid(data[i]!))
      throw new RangeError(
        `${caller}() expects ${wanted}, ` +
          `but ${name}[${Math.floor(i / columns)}, ${i % columns}] is ${data[i]}${remedy}`,
      );
}

/** Throws unless each row of `x` is a distribution over the columns: not negative, and of sum 1 within 1e-4. */
export function checkDistributions(caller: string, name: string, x: Matrix, remedy: string): void {
  checkValues(caller, name, x, "probabilities of 0 or more", (p) => p >= 0, remedy);
  const [rows, columns] = x.shape;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) sum += x.data[j]!;
    if (!(Math.abs(sum - 1) <= 1e-4))
      throw new RangeError(
        `${caller}() expects probabilities that sum to 1 in each row, ` +
          `but row ${i} of ${name} sums to ${sum}${remedy}`,
      );
  }
}
