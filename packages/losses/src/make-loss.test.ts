import type { Matrix } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { type Loss, makeLoss } from "./index.ts";

// What JavaScript may pass, where the types forbid it.
const refused = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "accepted";
};
const matrix = (rows: number, columns: number, ...data: number[]): Matrix => ({
  shape: [rows, columns],
  data: Float32Array.from(data),
});
const a = matrix(2, 3, 1, 2, 3, 4, 5, 6);

describe("makeLoss()", () => {
  const nothing = (): void => {};

  test("refuses parts without a definition", () => {
    expect(refused(() => makeLoss("mine", {} as never))).toMatchInlineSnapshot(
      `"TypeError: makeLoss() expects ofClasses or ofValues of mine, but there is neither"`,
    );
  });

  test("checks that values are finite, and classes in range, unless told", () => {
    const mine = makeLoss("mine", { ofClasses: nothing, ofValues: nothing });
    expect(refused(() => mine(a, Int32Array.of(0, 3)))).toMatchInlineSnapshot(
      `"RangeError: mine() expects y[1] to be in [0, 3), but y[1] is 3"`,
    );
    expect(refused(() => mine(matrix(1, 1, 0), matrix(1, 1, Number.NaN)))).toMatchInlineSnapshot(
      `"RangeError: mine() expects y[0, 0] to be finite, but y[0, 0] is NaN"`,
    );
    const any = makeLoss("any", {
      ofClasses: nothing,
      ofValues: nothing,
      checkClasses: nothing,
      checkValues: nothing,
    });
    expect(refused(() => any(a, Int32Array.of(0, 3)))).toBe("accepted");
    expect(refused(() => any(matrix(1, 1, 0), matrix(1, 1, Number.NaN)))).toBe("accepted");
  });

  test("names its first argument as told", () => {
    const mine = makeLoss("mine", { input: "f", ofValues: nothing });
    expect(refused(() => mine(matrix(0, 1), a))).toMatchInlineSnapshot(
      `"ShapeError: mine() expects f to be Float32Array, length 1, shape 1,1 | Float64Array, length 1, shape 1,1, but f is Float32Array, length 0, shape 0,1"`,
    );
  });

  test("makes a loss like those of this package, of either kind of targets or both", () => {
    // The hinge loss of a class against all others, max(0, 1 - a_y + max over the others of a_c).
    const hinge: Loss<Int32Array> = makeLoss("hinge", {
      ofClasses: (grad, loss, a, y, rows, columns) => {
        let sum = 0;
        grad.fill(0, 0, rows * columns);
        for (let i = 0; i < rows; i++) {
          const right = i * columns + y[i]!;
          let rival = -1;
          for (let j = i * columns; j < (i + 1) * columns; j++)
            if (j !== right && !(a[j]! <= a[rival]!)) rival = j;
          const missing = 1 - a[right]! + a[rival]!;
          if (missing <= 0) continue;
          sum += missing;
          grad[right] = -1 / rows;
          grad[rival] = 1 / rows;
        }
        loss[0] = sum / rows;
      },
    });
    const { loss, grad } = hinge(matrix(2, 3, 2, 0, 1.5, 0, 3, 0), Int32Array.of(0, 1));
    expect(loss).toBe(0.25);
    expect([...grad.data]).toEqual([-0.5, 0, 0.5, 0, 0, 0]);
    expect(hinge.lossName).toBe("hinge");
    expect(hinge.ofClasses).toBeTypeOf("function");
    expect("ofValues" in hinge).toBe(false);
    expect(refused(() => hinge(a, a as never))).toMatchInlineSnapshot(
      `"TypeError: hinge() expects y to be Int32Array, length 2, shape undefined, but y is Float32Array, length 6, shape 2,3"`,
    );
  });
});
