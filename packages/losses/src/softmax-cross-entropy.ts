import { define, type Targets } from "@feedforward/tensor";
import { checkDistributions } from "./check-values.ts";
import type { Loss } from "./loss.ts";
import { makeLoss } from "./make-loss.ts";
import { greatest, sumExp } from "./softmax-row.ts";

export interface SoftmaxCrossEntropyOptions {
  /** How much of each target is spread evenly over all classes, in [0, 1]; 0 unless told. */
  readonly labelSmoothing?: number;
}

/**
 * Softmax cross-entropy: -log softmax(a)_y, in nats, mean over the rows; gradient (softmax(a) - e(y)) / N.
 *
 * Of probabilities y it is -sum_c y_c log softmax(a)_c. Label smoothing s takes (1 - s) e(y) + s / classes,
 * or (1 - s) y + s / classes, as the target. Computed from log-sum-exp, so logits of any finite size are
 * safe, and a confidently wrong example keeps its gradient.
 *
 * A NaN or Infinity among the logits makes the loss NaN, and the gradient of its row. A logit of -Infinity
 * rules its class out: probability 0, gradient 0, and a loss of Infinity where its target is not 0.
 *
 * The function takes `a`, the pre-activations of the output layer (logits), [rows, classes], and `y`: an
 * Int32Array of the class of each row, in [0, classes), or a matrix of probabilities, [rows, classes].
 *
 * @param options How much to smooth the targets.
 * @throws {RangeError} when `labelSmoothing` is outside [0, 1]; by the function, when a class is out of
 *   range, or a row of `y` holds a negative number or does not sum to 1 within 1e-4.
 * @throws {TypeError} when `labelSmoothing` is no number or the options are no object; by the function, when `y` is of another kind.
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
  const labelSmoothing = labelSmoothingOf(options);
  const kept = 1 - labelSmoothing;
  return makeLoss(NAME, {
    ofClasses: define(
      "softmaxCrossEntropyOfClasses",
      (grad, loss, a, y, rows, columns) => {
        const spread = labelSmoothing / columns;
        let total = 0;
        for (let i = 0; i < rows; i++) {
          const start = i * columns;
          const max = greatest(a, start, start + columns);
          const sum = sumExp(a, start, start + columns, max);
          const logSum = Math.log(sum);
          for (let c = 0; c < columns; c++) {
            const j = start + c;
            const target = (c === y[i] ? kept : 0) + spread;
            if (target !== 0) total += target * (max - a[j]! + logSum);
            grad[j] = (Math.exp(a[j]! - max) / sum - target) / rows; // grad_a(L+1) = -(e(y) - f(x)) / N
          }
        }
        loss[0] = total / rows;
      },
      labelSmoothing,
    ),
    checkValues: (y) =>
      checkDistributions(NAME, "y", y, ": sigmoidCrossEntropy takes a yes or no for each output"),
    ofValues: define(
      "softmaxCrossEntropyOfValues",
      (grad, loss, a, y, rows, columns) => {
        const spread = labelSmoothing / columns;
        let total = 0;
        for (let i = 0; i < rows; i++) {
          const start = i * columns;
          const end = start + columns;
          const max = greatest(a, start, end);
          const sum = sumExp(a, start, end, max);
          const logSum = Math.log(sum);
          let mass = 0; // 1, but for the rounding of y: the gradient is that of the loss all the same
          for (let j = start; j < end; j++) mass += kept * y[j]! + spread;
          for (let j = start; j < end; j++) {
            const target = kept * y[j]! + spread;
            if (target !== 0) total += target * (max - a[j]! + logSum);
            grad[j] = (mass * (Math.exp(a[j]! - max) / sum) - target) / rows;
          }
        }
        loss[0] = total / rows;
      },
      labelSmoothing,
    ),
  });
}

const NAME = "softmaxCrossEntropy";

function labelSmoothingOf(options: SoftmaxCrossEntropyOptions): number {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `${NAME}() expects its options as an object, but got ${String(options)}: ` +
        "write { labelSmoothing: 0.1 }",
    );
  const { labelSmoothing: s = 0 } = options;
  if (s >= 0 && s <= 1 && typeof s === "number") return s;
  const [Refusal, shown] = typeof s === "number" ? [RangeError, s] : [TypeError, JSON.stringify(s)];
  throw new Refusal(`${NAME}() expects labelSmoothing in [0, 1], but labelSmoothing is ${shown}`);
}
