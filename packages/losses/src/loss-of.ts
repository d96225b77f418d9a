import type { FloatArray, Matrix } from "@feedforward/tensor";
import { expectLayout, type Layouts, matrixOf } from "./layout.ts";
import type { AnyTargets, Loss, LossDefinition, LossDefinitions } from "./loss.ts";

/**
 * A loss from its definitions, the layouts of its targets, and what it asks of their contents.
 *
 * `input` is its first argument's name in errors; `checkInput` throws unless that argument's contents will do.
 */
export const lossOf = <Y extends AnyTargets>(
  lossName: string,
  definitions: LossDefinitions,
  targetsOf: (rows: number, columns: number) => Layouts,
  checkTargets: (y: Y, columns: number, lossName: string) => void,
  input = "a",
  checkInput?: (a: Matrix, columns: number, lossName: string, input: string) => void,
): Loss<Y> => {
  const check = (y: Y, columns: number, rows?: number): void => {
    expectLayout(y, (itsRows) => targetsOf(rows ?? itsRows, columns), lossName);
    checkTargets(y, columns, lossName);
  };

  const loss = (a: Matrix, y: Y): ReturnType<Loss> => {
    expectLayout(a, matrixOf, lossName, input);
    const [rows, columns] = a.shape;
    checkInput?.(a, columns, lossName, input);
    check(y, columns, rows);
    const grad = a.data.slice();
    const mean = new Float64Array(1);
    const definition = (y.data ? definitions.ofValues : definitions.ofClasses) as LossDefinition<
      Int32Array | FloatArray
    >;
    definition(grad, mean, a.data, (y.data ?? y) as Int32Array | FloatArray, rows, columns);
    return { loss: mean[0]!, grad: { shape: [rows, columns], data: grad } };
  };

  return Object.assign(loss, definitions, { lossName, check });
};
