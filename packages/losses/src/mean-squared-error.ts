import { define, type Matrix } from "@feedforward/tensor";
import { checkFinite } from "./check-values.ts";
import { matrixOf } from "./layout.ts";
import type { Loss } from "./loss.ts";
import { lossOf } from "./loss-of.ts";

/**
 * Mean squared error: (a - y)², mean over the rows and the outputs; gradient 2 (a - y) / count.
 *
 * A NaN in `a` makes the loss NaN, an infinity makes it Infinity; the gradient of that entry is the same,
 * with the sign of the infinity.
 *
 * The function takes `a`, the values of the output layer, [rows, outputs], and `y`, a matrix of finite
 * numbers, [rows, outputs].
 *
 * @throws {RangeError} by the function, when a target is NaN or infinite.
 * @throws {TypeError} by the function, when `y` is no matrix.
 * @throws {ShapeError} by the function, when `a` is empty, or `y` does not fit it.
 * @see PyTorch `mse_loss` (same value and reduction).
 * @example
 * import { meanSquaredError } from "@feedforward/losses";
 *
 * const a = { shape: [1, 2], data: Float64Array.of(3, 1) } as const;
 * const y = { shape: [1, 2], data: Float64Array.of(1, 1) } as const;
 * meanSquaredError()(a, y).loss // => 2
 * meanSquaredError()(a, y).grad.data // => Float64Array.of(2, 0)
 */
export function meanSquaredError(): Loss<Matrix> {
  return lossOf(
    NAME,
    {
      ofValues: define(`${NAME}OfValues`, (grad, loss, a, y, rows, columns) => {
        const count = rows * columns;
        let sum = 0;
        for (let i = 0; i < count; i++) {
          const residual = a[i]! - y[i]!;
          sum += residual * residual;
          grad[i] = (2 * residual) / count;
        }
        loss[0] = sum / count;
      }),
    },
    matrixOf,
    checkFinite,
  );
}

const NAME = "meanSquaredError";
