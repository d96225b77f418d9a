import { type FloatArray, type Matrix, ShapeError, type Targets } from "@feedforward/tensor";
import { checkClasses as classesInRange } from "./check-classes.ts";
import { checkMatrix, isClasses, isTensor, kindOf } from "./check-matrix.ts";
import { checkValues as everyValue } from "./check-values.ts";
import type { Loss, LossDefinition } from "./loss.ts";

/** What every loss may say of its first argument. */
export interface LossInput {
  /** Its name in errors; "a" unless told. */
  readonly input?: string;
  /** Throws unless its entries will do; any entries do unless told. */
  readonly checkInput?: (a: Matrix) => void;
}

/** What a loss of classes is made of. */
export interface ClassesParts extends LossInput {
  readonly ofClasses: LossDefinition<Int32Array>;
  /** Throws unless `y` can be the classes of `columns` outputs; they must be in [0, columns) unless told. */
  readonly checkClasses?: (y: Int32Array, columns: number) => void;
}

/** What a loss of values is made of. */
export interface ValuesParts extends LossInput {
  readonly ofValues: LossDefinition<FloatArray>;
  /** Throws unless the entries of `y` will do; they must be finite unless told. Its shape has been checked. */
  readonly checkValues?: (y: Matrix, columns: number) => void;
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
  const {
    ofClasses,
    checkClasses = (y, columns) => classesInRange(lossName, y, columns),
    ofValues,
    checkValues = (y) => everyValue(lossName, "y", y, "finite targets", Number.isFinite),
    input = "a",
    checkInput,
  } = parts;
  if (!ofClasses && !ofValues)
    throw new TypeError(
      `makeLoss() expects ofClasses or ofValues of ${lossName}, but there is neither`,
    );

  function check(y: Targets, columns: number): void {
    if (ofClasses && isClasses(y)) checkClasses(y, columns);
    else if (ofValues && isTensor(y)) {
      checkMatrix(lossName, "y", y);
      if (y.shape[1] !== columns)
        throw new ShapeError(
          `${lossName}() expects y of [${y.shape[0]}, ${columns}], but y is [${y.shape.join(", ")}]`,
        );
      checkValues(y, columns);
    } else throw refusal(lossName, parts, y);
  }

  function loss(a: Matrix, y: Targets): ReturnType<Loss> {
    checkMatrix(lossName, input, a);
    const [rows, columns] = a.shape;
    if (a.data.length === 0)
      throw new ShapeError(
        `${lossName}() expects at least one row and one column, but ${input} is [${rows}, ${columns}]`,
      );
    checkInput?.(a);
    check(y, columns);
    const targets = isClasses(y) ? y.length : y.shape[0];
    if (targets !== rows)
      throw new ShapeError(
        `${lossName}() expects a target for each of ${rows} rows of ${input}, but y has ${targets}`,
      );
    const grad = a.data.slice();
    const mean = new Float64Array(1);
    if (isClasses(y)) ofClasses?.(grad, mean, a.data, y, rows, columns);
    else ofValues?.(grad, mean, a.data, y.data, rows, columns);
    return { loss: mean[0]!, grad: { shape: [rows, columns], data: grad } };
  }

  return Object.assign(loss, {
    lossName,
    ...(ofClasses && { ofClasses }),
    ...(ofValues && { ofValues }),
    check,
  });
}

/** Why `y` is of the wrong kind: the kinds that are taken, and what it is; of an array of classes, the remedy. */
function refusal(
  caller: string,
  { ofClasses, ofValues }: Partial<ClassesParts & ValuesParts>,
  y: unknown,
): Error {
  if (ofClasses && (Array.isArray(y) || ArrayBuffer.isView(y))) {
    const classes = Array.from(y as ArrayLike<unknown>);
    const i = classes.findIndex((c) => typeof c === "number" && !Number.isInteger(c));
    if (i >= 0)
      return new RangeError(
        `${caller}() expects integer classes, but y[${i}] is ${classes[i]}` +
          (ofValues ? ": give values as a matrix, { shape, data } of floats" : ""),
      );
    return new TypeError(
      `${caller}() expects classes in an Int32Array, but y is ${kindOf(y)}` +
        (classes.every(Number.isInteger)
          ? ": write Int32Array.from(y)"
          : ` of ${typeof classes[0]}s`),
    );
  }
  const wanted = [
    ofClasses && "an Int32Array of classes",
    ofValues && "a matrix of values, { shape, data } of floats",
  ].filter(Boolean);
  return new TypeError(`${caller}() expects y as ${wanted.join(" or ")}, but y is ${kindOf(y)}`);
}
