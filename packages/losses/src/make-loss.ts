import { type FloatArray, type Matrix, ShapeError, type Targets } from "@feedforward/tensor";
import { checkMatrix, isTensor, kindOf } from "./check-matrix.ts";
import type { Loss, LossDefinition } from "./loss.ts";

/** What a loss is made of: for each kind of targets that it takes, its definition and its check. */
export interface Parts {
  readonly ofClasses?: LossDefinition<Int32Array>;
  readonly checkClasses?: (caller: string, y: Int32Array, columns: number) => void;
  readonly ofValues?: LossDefinition<FloatArray>;
  readonly checkValues?: (caller: string, y: Matrix, columns: number) => void;
  /** The name of the first argument, and a check of what is in it. */
  readonly input?: string;
  readonly checkInput?: (caller: string, a: Matrix) => void;
}

/** A loss from its parts. */
export function makeLoss<Y extends Targets>(lossName: string, parts: Parts): Loss<Y> {
  const { ofClasses, checkClasses, ofValues, checkValues, input = "a", checkInput } = parts;

  function check(y: Targets, columns: number): void {
    if (checkClasses && y instanceof Int32Array) checkClasses(lossName, y, columns);
    else if (checkValues && isTensor(y)) checkValues(lossName, y as Matrix, columns);
    else throw refusal(lossName, parts, y);
  }

  function loss(a: Matrix, y: Targets): ReturnType<Loss> {
    checkMatrix(lossName, input, a);
    const [rows, columns] = a.shape;
    if (a.data.length === 0)
      throw new ShapeError(
        `${lossName}() expects at least one row and one column, but ${input} is [${rows}, ${columns}]`,
      );
    checkInput?.(lossName, a);
    check(y, columns);
    const targets = y instanceof Int32Array ? y.length : y.shape[0];
    if (targets !== rows)
      throw new ShapeError(
        `${lossName}() expects a target for each of ${rows} rows of ${input}, but y has ${targets}`,
      );
    const grad = a.data.slice();
    const mean = new Float64Array(1);
    if (y instanceof Int32Array) ofClasses?.(grad, mean, a.data, y, rows, columns);
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

/** Why `y` is of the wrong kind: the kinds that are taken, and what it is; of an array of classes, a fraction in it. */
function refusal(caller: string, { ofClasses, ofValues }: Parts, y: unknown): Error {
  if (ofClasses && (Array.isArray(y) || ArrayBuffer.isView(y))) {
    const classes = Array.from(y as ArrayLike<unknown>);
    const i = classes.findIndex((c) => !Number.isInteger(c));
    if (i >= 0)
      return new RangeError(`${caller}() expects integer classes, but y[${i}] is ${classes[i]}`);
    return new TypeError(
      `${caller}() expects classes in an Int32Array, but y is ${kindOf(y)}: write Int32Array.from(y)`,
    );
  }
  const wanted = [
    ofClasses && "an Int32Array of classes",
    ofValues && "a matrix of values, { shape, data } of floats",
  ].filter(Boolean);
  return new TypeError(`${caller}() expects y as ${wanted.join(" or ")}, but y is ${kindOf(y)}`);
}
