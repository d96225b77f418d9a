import { type Rows, ShapeError, type Standardiser } from "@feedforward/tensor";

/**
 * Learns the mean and standard deviation of each column: std_j = √(Σ_i (x_ij - mean_j)² / N).
 *
 * Fit it on the training part only, and store it with the model: what validation and test rows look
 * like must not reach the weights. In doubles, in two passes, and relative to the first row, so that
 * columns far from 0 (times, prices) keep their digits. A column with no variance gets std 1, and so
 * becomes all 0.
 *
 * @param x Training inputs, [rows, columns], at least one row; all finite.
 * @returns mean and std of each column, [columns] each, float64; every std is above 0.
 * @throws {RangeError} when there is no row, a value is not finite, or a variance overflows.
 * @see scikit-learn `StandardScaler` (same divisor N, same std of constant columns)
 * @example
 * const { x } = examples([[1, 5], [3, 5]], [0, 1]);
 * const { mean, std } = fitStandardiser(x);
 * [...mean] // => [2, 5]
 * [...std] // => [1, 1]
 */
export function fitStandardiser({ shape: [count, columns], data }: Rows): Standardiser {
  if (data.length !== count * columns)
    throw new ShapeError(
      `fitStandardiser() expects ${count * columns} values for x of [${count}, ${columns}], but x has ${data.length}`,
    );
  if (count === 0)
    throw new RangeError(
      `fitStandardiser() expects at least one row, but x is [${count}, ${columns}]`,
    );
  const first = Float64Array.from(data.subarray(0, columns));
  const mean = new Float64Array(columns);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]!;
      if (!Number.isFinite(value))
        throw new RangeError(
          `fitStandardiser() expects finite values, but x[${i}][${j}] is ${value}`,
        );
      mean[j]! += value - first[j]!; // exactly 0 all along where a column is constant
    }
  for (let j = 0; j < columns; j++) mean[j] = first[j]! + mean[j]! / count;
  const std = new Float64Array(columns);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < columns; j++) {
      const deviation = data[i * columns + j]! - mean[j]!;
      std[j]! += deviation * deviation;
    }
  for (let j = 0; j < columns; j++) {
    std[j] = std[j] === 0 ? 1 : Math.sqrt(std[j]! / count);
    if (!Number.isFinite(std[j]))
      throw new RangeError(
        `fitStandardiser() expects columns whose variance is finite, but that of column ${j} is ${std[j]}: scale it down`,
      );
  }
  return { mean, std };
}
