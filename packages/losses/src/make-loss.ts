import type { FloatArray, Matrix, Targets } from "@feedforward/tensor";
import { checkRows } from "./check-rows.ts";
import { checkFinite } from "./check-values.ts";
import { classesOf, eitherOf, matrixOf } from "./layout.ts";
import type { AnyTargets, Loss, LossDefinition } from "./loss.ts";
import { lossOf } from "./loss-of.ts";

/** What every loss may say of its first argument. */
export interface LossInput {
  /** Its name in errors; "a" unless told. */
  readonly input?: string;
  /** Throws unless its entries will do; any entries do unless told. `lossName` is for the message. */
  readonly checkInput?: (a: Matrix, columns: number, lossName: string) => void;
}

/** What a loss of classes is made of. */
export interface ClassesParts extends LossInput {
  readonly ofClasses: LossDefinition<Int32Array>;
  /** Throws unless `y` can be the classes of `columns` outputs; they must be in [0, columns) unless told. */
  readonly checkClasses?: (y: Int32Array, columns: number, lossName: string) => void;
}

/** What a loss of values is made of. */
export interface ValuesParts extends LossInput {
  readonly ofValues: LossDefinition<FloatArray>;
  /** Throws unless the entries of `y` will do; they must be finite unless told. Its shape has been checked. */
  readonly checkValues?: (y: Matrix, columns: number, lossName: string) => void;
}
/**
 * A loss of your own, from its definition for each kind of targets that it takes.
 *
 * Every loss of this package is made by it. A definition gets whole buffers: it writes the mean loss
 * into `loss[0]` and its gradient into `grad`, for `rows` rows, and allocates nothing, so that a
 * training loop can run it in place. The function checks shapes and targets, and calls it.
 *
 * @param lossName The name in errors and records.
 * @param parts `ofClasses`, `ofValues` or both, and what they ask of their arguments.
 * @throws {TypeError} when there is neither definition.
 * @example
 * import { makeLoss } from "@feedforward/losses";
 *
 * const absoluteError = makeLoss("absoluteError", {
 *   ofValues: (grad, loss, a, y, rows, columns) => {
 *     const count = rows * columns;
 *     let sum = 0;
 *     for (let i = 0; i < count; i++) {
 *       sum += Math.abs(a[i]! - y[i]!);
 *       grad[i] = Math.sign(a[i]! - y[i]!) / count;
 *     }
 *     loss[0] = sum / count;
 *   },
 * });
 * const a = { shape: [1, 2], data: Float64Array.of(3, 1) } as const;
 * const y = { shape: [1, 2], data: Float64Array.of(1, 2) } as const;
 * absoluteError(a, y).loss // => 1.5
 * absoluteError(a, y).grad.data // => Float64Array.of(0.5, -0.5)
 */
export function makeLoss(lossName: string, parts: ClassesParts & ValuesParts): Loss<Targets>;
export function makeLoss(lossName: string, parts: ClassesParts): Loss<Int32Array>;
export function makeLoss(lossName: string, parts: ValuesParts): Loss<Matrix>;
export function makeLoss(
  lossName: string,
  parts: Partial<ClassesParts & ValuesParts>,
): Loss<Targets> {
  if (!parts.ofClasses && !parts.ofValues)
    throw new TypeError(
      `makeLoss() expects ofClasses or ofValues of ${lossName}, but there is neither`,
    );
  const {
    input,
    checkInput,
    checkClasses = checkRows,
    checkValues = checkFinite,
    ...definitions
  } = parts;
  const targetsOf = !parts.ofValues ? classesOf : !parts.ofClasses ? matrixOf : eitherOf;
  return lossOf<AnyTargets>(
    lossName,
    definitions,
    targetsOf,
    (y, columns) => {
      if (y.data) checkValues(y, columns, lossName);
      else checkClasses(y, columns, lossName);
    },
    input,
    checkInput,
  );
}
