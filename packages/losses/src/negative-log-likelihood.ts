import { define } from "@feedforward/tensor";
import { checkRows } from "./check-rows.ts";
import { classesOf } from "./layout.ts";
import type { Loss } from "./loss.ts";
import { lossOf } from "./loss-of.ts";

/**
 * Negative log-likelihood: -log f(x)_y of probabilities, in nats, mean over the rows; gradient -e(y) / f(x)_y / N.
 *
 * The gradient is with respect to the probabilities: the slides' first step, whose second is
 * `softmaxBackward` of @feedforward/tensor. To train, prefer `softmaxCrossEntropy`, which is both steps
 * in one, from logits: where the softmax has rounded the probability of the right class to 0, nothing
 * here can tell how wrong it was, and the loss is Infinity, its gradient -Infinity.
 *
 * The function takes `f`, probabilities, [rows, classes], not log-probabilities, and `y`, an Int32Array
 * of the class of each row, in [0, classes).
 *
 * @throws {RangeError} by the function, when a class is out of range, or a row of `f` holds a negative
 *   number or NaN, or does not sum to 1 within 1e-4.
 * @throws {TypeError} by the function, when `y` is no Int32Array.
 * @throws {ShapeError} by the function, when `f` is empty, or `y` does not fit it.
 * @see Larochelle, Neural networks 2.2 and 2.3; PyTorch `nll_loss` (which takes log f(x); same reduction).
 * @example
 * import { negativeLogLikelihood } from "@feedforward/losses";
 *
 * const f = { shape: [1, 2], data: Float64Array.of(0.25, 0.75) } as const;
 * negativeLogLikelihood()(f, Int32Array.of(0)).loss // => 1.3862943611198906
 * negativeLogLikelihood()(f, Int32Array.of(0)).grad.data // => Float64Array.of(-4, 0)
 */
export function negativeLogLikelihood(): Loss<Int32Array> {
  return lossOf(
    NAME,
    {
      ofClasses: define(`${NAME}OfClasses`, (grad, loss, f, y, rows, columns) => {
        let sum = 0;
        grad.fill(0, 0, rows * columns);
        for (let i = 0; i < rows; i++) {
          const right = i * columns + y[i]!;
          sum -= Math.log(f[right]!); // l(f(x), y) = -log f(x)_y
          grad[right] = -1 / f[right]! / rows; // grad_f = -e(y) / f(x)_y
        }
        loss[0] = sum / rows;
      }),
    },
    classesOf,
    checkRows,
    "f",
    checkRows,
  );
}

const NAME = "negativeLogLikelihood";
