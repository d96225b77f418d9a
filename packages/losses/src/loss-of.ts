import type { FloatArray, Matrix, Targets } from "@feedforward/tensor";
import { classesOf, expectLayout, matrixOf } from "./layout.ts";
import type { Loss, LossDefinition } from "./loss.ts";

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

/** A loss from its parts; contents are checked where the parts say how. */
export function lossOf<Y extends Targets>(
  lossName: string,
  parts: Partial<ClassesParts & ValuesParts>,
): Loss<Y> {
  const { input = "a", checkInput, checkClasses, checkValues, ...definitions } = parts;
  const { ofClasses, ofValues } = definitions;

  function check(
    y: Targets,
    columns: number,
    rows = Object(y).shape?.[0] ?? Object(y).length,
  ): void {
    expectLayout(
      lossName,
      "y",
      y,
      ofClasses && classesOf(rows),
      ofValues && matrixOf(rows, columns),
    );
    if ("data" in y) checkValues?.(y, columns, lossName);
    else checkClasses?.(y, columns, lossName);
  }

  function loss(a: Matrix, y: Targets): ReturnType<Loss> {
    const [rows, columns] = Object(a).shape ?? [];
    expectLayout(lossName, input, a, matrixOf(rows, columns));
    checkInput?.(a, columns, lossName);
    check(y, columns, rows);
    const grad = a.data.slice();
    const mean = new Float64Array(1);
    if ("data" in y) ofValues?.(grad, mean, a.data, y.data, rows, columns);
    else ofClasses?.(grad, mean, a.data, y, rows, columns);
    return { loss: mean[0]!, grad: { shape: [rows, columns], data: grad } };
  }

  return Object.assign(loss, definitions, { lossName, check });
}
