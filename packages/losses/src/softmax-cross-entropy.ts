import { define, type FloatArray, type Targets } from "@feedforward/tensor";
import { checkRows } from "./check-rows.ts";
import { eitherOf } from "./layout.ts";
import type { Loss, LossDefinition } from "./loss.ts";
import { lossOf } from "./loss-of.ts";
import { refuse } from "./refuse.ts";

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
 * @throws {TypeError} when `labelSmoothing` is no number (NaN is none) or the options are no object; by the
 *   function, when an argument is of another kind.
 * @throws {ShapeError} by the function, when `a` is empty, or `y` does not fit it.
 * @see `sigmoidCrossEntropy`, for a yes or no of each class; Larochelle, Neural networks 1.4, 2.2 and 2.4;
 *   PyTorch `cross_entropy` (same value and reduction).
 * @example
 * import { softmaxCrossEntropy } from "@feedforward/losses";
 *
 * const a = { shape: [1, 3], data: Float64Array.of(1e4, 0, -1e4) } as const;
 * softmaxCrossEntropy()(a, Int32Array.of(1)).loss // => 10000
 * softmaxCrossEntropy()(a, Int32Array.of(1)).grad.data // => Float64Array.of(1, -1, 0)
 */
export function softmaxCrossEntropy(options: SoftmaxCrossEntropyOptions = {}): Loss<Targets> {
  // What is no object has no default either.
  const { labelSmoothing = options === Object(options) ? 0 : undefined } = Object(options);
  if (+labelSmoothing !== labelSmoothing)
    refuse(NAME, "labelSmoothing", "number", labelSmoothing, TypeError);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    refuse(NAME, "labelSmoothing", "in [0, 1]", labelSmoothing);
  return lossOf(
    NAME,
    {
      ofClasses: definition("OfClasses", labelSmoothing),
      ofValues: definition("OfValues", labelSmoothing),
    },
    eitherOf,
    checkRows,
  );
}

const NAME = "softmaxCrossEntropy";

/** One text for both kinds of targets: a class is a row of probabilities, e(y). */
const definition = (
  kind: "OfClasses" | "OfValues",
  labelSmoothing: number,
): LossDefinition<Int32Array | FloatArray> =>
  define(
    NAME + kind,
    (grad, loss, a, y, rows, columns) => {
      let total = 0;
      for (let start = 0; start < rows * columns; start += columns) {
        const targetOf = (c: number): number =>
          labelSmoothing / columns +
          (1 - labelSmoothing) *
            (kind === "OfValues" ? y[start + c]! : Number(c === y[start / columns]));
        let max = -Infinity;
        for (let c = 0; c < columns; c++) max = Math.max(max, a[start + c]!);
        let sum = 0;
        let mass = 0; // sum of the targets: 1, but for the rounding of y
        for (let c = 0; c < columns; c++) {
          sum += Math.exp(a[start + c]! - max);
          mass += targetOf(c);
        }
        for (let c = 0; c < columns; c++) {
          const target = targetOf(c);
          // Not max + log(sum) first: it would round log(sum) away where the logits are large.
          if (target !== 0) total -= target * (a[start + c]! - max - Math.log(sum));
          grad[start + c] = ((mass * Math.exp(a[start + c]! - max)) / sum - target) / rows; // grad_a(L+1) = -(e(y) - f(x)) / N
        }
      }
      loss[0] = total / rows;
    },
    labelSmoothing,
  );
