import { define, type FloatArray, ShapeError, type Targets } from "@feedforward/tensor";
import { checkRows } from "./check-rows.ts";
import { checkValues } from "./check-values.ts";
import { eitherOf } from "./layout.ts";
import type { AnyTargets, Loss, LossDefinition } from "./loss.ts";
import { lossOf } from "./loss-of.ts";
import { refuse } from "./refuse.ts";

/**
 * Sigmoid cross-entropy: -y log f - (1 - y) log(1 - f) with f = sigm(a), in nats; gradient (f - y) / count.
 *
 * The mean is over the rows and the outputs: each output is a yes or no of its own. Computed as
 * max(a, 0) - a y + log(1 + e^-|a|), so logits of any finite size are safe, and a confidently wrong
 * example keeps its gradient.
 *
 * A NaN among the logits makes the loss NaN. An infinite one adds 0 to the loss where its target is the
 * class that it is sure of (PyTorch: NaN), and Infinity where it is not; its gradient is finite.
 *
 * The function takes `a`, the pre-activations of the output layer (logits), [rows, outputs], and `y`: a
 * matrix of probabilities in [0, 1], [rows, outputs], or, for one output, an Int32Array of classes 0 and 1.
 *
 * @throws {RangeError} by the function, when a target is outside [0, 1].
 * @throws {TypeError} by the function, when `y` is of another kind.
 * @throws {ShapeError} by the function, when `a` is empty, `y` does not fit it, or classes meet several outputs.
 * @see Larochelle, Neural networks 2.2; PyTorch `binary_cross_entropy_with_logits` (same value and reduction).
 * @example
 * import { sigmoidCrossEntropy } from "@feedforward/losses";
 *
 * const a = { shape: [2, 1], data: Float64Array.of(0, -1e4) } as const;
 * sigmoidCrossEntropy()(a, Int32Array.of(1, 1)).loss // => 5000.346573590279
 * sigmoidCrossEntropy()(a, Int32Array.of(1, 1)).grad.data // => Float64Array.of(-0.25, -0.5)
 */
export function sigmoidCrossEntropy(): Loss<Targets> {
  return lossOf(
    NAME,
    { ofClasses: definition("OfClasses"), ofValues: definition("OfValues") },
    eitherOf,
    (y: AnyTargets, columns) => {
      if (y.data) checkValues(y, columns, NAME, "in [0, 1]", (p) => p >= 0 && p <= 1);
      else if (columns === 1) checkRows(y, 2, NAME);
      else
        refuse(
          NAME,
          "y",
          `probabilities, [${y.length},${columns}]`,
          "classes, which one output takes",
          ShapeError,
        );
    },
  );
}

const NAME = "sigmoidCrossEntropy";

/** One text for both kinds of targets: for one output, a class is the probability of class 1. */
const definition = (kind: "OfClasses" | "OfValues"): LossDefinition<Int32Array | FloatArray> =>
  define(NAME + kind, (grad, loss, a, y, rows, columns) => {
    const count = rows * columns;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const size = Math.abs(a[i]!);
      const e = Math.exp(-size); // of a negative number: neither overflows
      const missed = a[i]! < 0 ? y[i]! : 1 - y[i]!;
      if (missed !== 0) sum += missed * size; // max(a, 0) - a y, of infinite a too
      sum += Math.log1p(e);
      grad[i] = ((a[i]! < 0 ? e : 1) / (1 + e) - y[i]!) / count;
    }
    loss[0] = sum / count;
  });
