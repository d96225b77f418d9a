import { define, logSumExpRow, type Targets } from "@feedforward/tensor";
import { checkClasses } from "./check-classes.ts";
import { checkDistributions } from "./check-values.ts";
import type { Loss } from "./loss.ts";
import { makeLoss } from "./make-loss.ts";

export interface SoftmaxCrossEntropyOptions {
  /** How much of each target is spread evenly over all classes, in [0, 1]; 0 unless told. */
  readonly labelSmoothing?: number;
}

/**
 * Softmax cross-entropy: -log softmax(a)_y, in nats, mean over the rows; gradient (softmax(a) - e(y)) / N.
 *
 * Of probabilities y it is -sum_c y_c log softmax(a)_c. Label smoothing s takes (1 - s) e(y) + s / classes,
 * or (1 - s) y + s / classes, as the target. Computed from log-sum-exp, so logits of any finite size are
 * safe, and a confidently wrong example keeps its gradient. A NaN among the logits makes the loss NaN.
 *
 * The function takes `a`, the pre-activations of the output layer (logits), [rows, classes], and `y`: an
 * Int32Array of the class of each row, in [0, classes), or a matrix of probabilities, [rows, classes].
 *
 * @param options How much to smooth the targets.
 * @throws {RangeError} when `labelSmoothing` is outside [0, 1]; by the function, when a class is out of
 *   range, or a row of `y` holds a negative number or does not sum to 1 within 1e-4.
 * @throws {TypeError} when `labelSmoothing` is no number; by the function, when `y` is of another kind.
 * @throws {ShapeError} by the function, when `a` is empty, or `y` does not fit it.
 * @see Larochelle, Neural networks 1.4, 2.2 and 2.4; PyTorch `cross_entropy` (same value and reduction).
 * @example
 * import { softmaxCrossEntropy } from "@feedforward/losses";
 *
 * const a = { shape: [1, 3], data: Float64Array.of(1e4, 0, -1e4) } as const;
 * softmaxCrossEntropy()(a, Int32Array.of(1)).loss // => 10000
 * softmaxCrossEntropy()(a, Int32Array.of(1)).grad.data // => Float64Array.of(1, -1, 0)
 */
export function softmaxCrossEntropy(options: SoftmaxCrossEntropyOptions = {}): Loss<Targets> {
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1) || typeof labelSmoothing !== "number") {
    const Refusal = typeof labelSmoothing === "number" ? RangeError : TypeError;
    throw new Refusal(
      `softmaxCrossEntropy() expects labelSmoothing in [0, 1], but labelSmoothing is ${String(labelSmoothing)}`,
    );
  }
  const kept = 1 - labelSmoothing;
  return makeLoss("softmaxCrossEntropy", {
    checkClasses,
    ofClasses: define(
      "softmaxCrossEntropyOfClasses",
      (grad, loss, a, y, rows, columns) => {
        const spread = labelSmoothing / columns;
        let sum = 0;
        for (let i = 0; i < rows; i++) {
          const start = i * columns;
          const logSum = logSumExpRow(a, start, columns);
          for (let c = 0; c < columns; c++) {
            const target = (c === y[i] ? kept : 0) + spread;
            const minusLogF = logSum - a[start + c]!;
            if (target !== 0) sum += target * minusLogF;
            grad[start + c] = (Math.exp(-minusLogF) - target) / rows; // grad_a(L+1) = -(e(y) - f(x)) / N
          }
        }
        loss[0] = sum / rows;
      },
      labelSmoothing,
    ),
    checkValues: (caller, y, columns) => checkDistributions(caller, "y", y, columns),
    ofValues: define(
      "softmaxCrossEntropyOfValues",
      (grad, loss, a, y, rows, columns) => {
        const spread = labelSmoothing / columns;
        let sum = 0;
        for (let i = 0; i < rows; i++) {
          const start = i * columns;
          const logSum = logSumExpRow(a, start, columns);
          let total = 0; // 1, but for the rounding of y: the gradient is exact all the same
          for (let j = start; j < start + columns; j++) total += kept * y[j]! + spread;
          for (let j = start; j < start + columns; j++) {
            const target = kept * y[j]! + spread;
            const minusLogF = logSum - a[j]!;
            if (target !== 0) sum += target * minusLogF;
            grad[j] = (total * Math.exp(-minusLogF) - target) / rows;
          }
        }
        loss[0] = sum / rows;
      },
      labelSmoothing,
    ),
  });
}
