import { type FloatArray, type Matrix, ShapeError, type Targets } from "@feedforward/tensor";
import { isClasses, isMatrix, isTensor, shown } from "./kinds.ts";
import type { Loss, LossDefinition } from "./loss.ts";
import { refusal } from "./refusal.ts";

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

/** A loss from its parts; contents are checked where the parts say how. */
export function lossOf<Y extends Targets>(
  lossName: string,
  parts: Partial<ClassesParts & ValuesParts>,
): Loss<Y> {
  const { ofClasses, checkClasses, ofValues, checkValues, input = "a", checkInput } = parts;

  function expect(name: string, x: unknown, wanted: string, rightKind: boolean, fits: boolean) {
    if (!rightKind || !fits)
      throw new (rightKind ? ShapeError : TypeError)(
        refusal(lossName, `${name} as ${wanted}`, `${name} is ${shown(x)}`),
      );
  }

  function check(y: Targets, columns: number, rows?: number): void {
    const classes = isClasses(y);
    const values = isTensor(y);
    const length = classes
      ? y.length
      : values && isMatrix(y) && y.shape[1] === columns && y.shape[0];
    expect(
      "y",
      y,
      [
        ofClasses && `Int32Array(${rows ?? "rows"}) of classes`,
        ofValues && matrixOf(rows ?? "rows", columns),
      ]
        .filter(Boolean)
        .join(" or "),
      !!((classes && ofClasses) || (values && ofValues)),
      length === (rows ?? length) && length !== false,
    );
    if (classes) checkClasses?.(y, columns);
    else checkValues?.(y, columns);
  }

  function loss(a: Matrix, y: Targets): ReturnType<Loss> {
    const matrix = isTensor(a);
    expect(input, a, `${matrixOf("rows", "columns")}, not empty`, matrix, matrix && isMatrix(a));
    const { shape, data } = a;
    checkInput?.(a);
    check(y, shape[1], shape[0]);
    const grad = data.slice();
    const mean = new Float64Array(1);
    if (isClasses(y)) ofClasses?.(grad, mean, data, y, ...shape);
    else ofValues?.(grad, mean, data, y.data, ...shape);
    return { loss: mean[0]!, grad: { shape: [...shape], data: grad } };
  }

  return Object.assign(loss, {
    lossName,
    ...(ofClasses && { ofClasses }),
    ...(ofValues && { ofValues }),
    check: (y: Y, columns: number) => check(y, columns),
  });
}

const matrixOf = (rows: number | string, columns: number | string): string =>
  `{ shape: [${rows}, ${columns}], data: floats }`;
