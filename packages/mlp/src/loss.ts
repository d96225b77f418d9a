import type { Definition, FloatArray, Targets } from "@feedforward/tensor";

/** The mean loss over `rows` rows and its gradient with respect to `a`, over whole buffers. */
export type LossDefinition<Y extends Int32Array | FloatArray> = Definition<
  [grad: FloatArray, loss: FloatArray, a: FloatArray, y: Y, rows: number, columns: number]
>;

/**
 * What a run needs of a loss; every factory of @feedforward/losses makes one.
 *
 * `a` is [rows, columns]; `loss` has one element. `y` is the class of each row, or a row of values.
 */
export interface Loss<Y extends Targets = Targets> {
  readonly lossName: string;
  /** The loss of classes, for a loss that takes them. */
  readonly ofClasses?: LossDefinition<Int32Array>;
  /** The loss of values, [rows, columns], for a loss that takes them. */
  readonly ofValues?: LossDefinition<FloatArray>;
  /** Throws unless `y` can be the targets of a network with `columns` outputs. Called once for all examples. */
  check(y: Y, columns: number): void;
}

/** A definition, whichever targets it takes. */
export type AnyLossDefinition = LossDefinition<Int32Array> & LossDefinition<FloatArray>;

/** Throws unless `loss` is a loss; the commonest mistake is a factory that was not called. */
export function expectLoss(caller: string, loss: Loss<never>): void {
  if (typeof loss?.check === "function" && (loss.ofClasses || loss.ofValues)) return;
  const found = typeof loss === "function" ? "a function without check" : String(loss);
  throw new TypeError(
    `${caller}() expects a loss, but loss is ${found}: call its factory, as in softmaxCrossEntropy()`,
  );
}

/** The loss's definition for such targets. */
export function definitionFor(caller: string, loss: Loss<never>, y: Targets): AnyLossDefinition {
  const definition = y instanceof Int32Array ? loss.ofClasses : loss.ofValues;
  if (definition) return definition as AnyLossDefinition;
  const [wanted, given] = y instanceof Int32Array ? ["values", "classes"] : ["classes", "values"];
  throw new TypeError(
    `${caller}() expects a loss of ${given}, since y holds ${given}, ` +
      `but ${loss.lossName} is a loss of ${wanted}`,
  );
}
