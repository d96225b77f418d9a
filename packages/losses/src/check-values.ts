import { type Matrix, ShapeError } from "@feedforward/tensor";
import { checkMatrix } from "./check-matrix.ts";

/** Throws unless `x` is a matrix of `columns` columns whose entries are all `valid`, which `wanted` says in words. */
export function checkValues(
  caller: string,
  name: string,
  x: Matrix,
  columns: number,
  wanted: string,
  valid: (value: number) => boolean,
): void {
  checkMatrix(caller, name, x);
  if (x.shape[1] !== columns)
    throw new ShapeError(
      `${caller}() expects ${name} of [${x.shape[0]}, ${columns}], but ${name} is [${x.shape.join(", ")}]`,
    );
  for (let i = 0; i < x.data.length; i++)
    if (!valid(x.data[i]!))
      throw new RangeError(
        `${caller}() expects ${wanted}, ` +
          `but ${name}[${Math.floor(i / columns)}, ${i % columns}] is ${x.data[i]}`,
      );
}

/** Throws unless each row of `x` is a distribution over the columns: not negative, and of sum 1 within 1e-4. */
export function checkDistributions(caller: string, name: string, x: Matrix, columns: number): void {
  checkValues(caller, name, x, columns, "probabilities of 0 or more", (p) => p >= 0);
  for (let i = 0; i < x.shape[0]; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += x.data[i * columns + j]!;
    if (!(Math.abs(sum - 1) <= 1e-4))
      throw new RangeError(
        `${caller}() expects probabilities that sum to 1 in each row, but row ${i} of ${name} sums to ${sum}`,
      );
  }
}
