import type { FloatArray, Matrix } from "@feedforward/tensor";
import { expectTypeOf, test } from "vitest";
import {
  type Loss,
  makeLoss,
  meanSquaredError,
  negativeLogLikelihood,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "./index.ts";

const a: Matrix = { shape: [1, 2], data: Float64Array.of(0, 0) };
const classes = Int32Array.of(0);

test("a loss takes its kinds of targets only", () => {
  softmaxCrossEntropy()(a, classes);
  softmaxCrossEntropy()(a, a);
  sigmoidCrossEntropy()(a, a);
  meanSquaredError()(a, a);
  negativeLogLikelihood()(a, classes);
  // @ts-expect-error: values, not classes
  meanSquaredError()(a, classes);
  // @ts-expect-error: classes, not values
  negativeLogLikelihood()(a, a);
  // @ts-expect-error: classes are in an Int32Array
  softmaxCrossEntropy()(a, [0]);
  // @ts-expect-error: classes are in an Int32Array
  softmaxCrossEntropy()(a, Float32Array.of(0));
  // @ts-expect-error: a vector is no matrix
  softmaxCrossEntropy()({ shape: [2], data: a.data }, classes);
  // @ts-expect-error: floats are in a typed array
  meanSquaredError()(a, { shape: [1, 2], data: [0, 0] });
  // @ts-expect-error: the factory is not the loss
  softmaxCrossEntropy(a, classes);
});

test("the check of a loss takes the same targets", () => {
  // @ts-expect-error: values, not classes
  meanSquaredError().check(classes, 2);
  // @ts-expect-error: classes, not values
  negativeLogLikelihood().check(a, 2);
});

test("a factory takes its own options only", () => {
  softmaxCrossEntropy({ labelSmoothing: 0.1 });
  // @ts-expect-error: misspelt
  softmaxCrossEntropy({ labelSmoothin: 0.1 });
  // @ts-expect-error: options are an object
  softmaxCrossEntropy(0.1);
  // @ts-expect-error: a number is expected
  softmaxCrossEntropy({ labelSmoothing: "0.1" });
  // @ts-expect-error: it has no options
  meanSquaredError({ reduction: "sum" });
});

test("a loss of both kinds serves where either is asked for, and no other way round", () => {
  expectTypeOf(softmaxCrossEntropy()).toEqualTypeOf<Loss>();
  expectTypeOf<Loss>().toExtend<Loss<Int32Array>>();
  expectTypeOf<Loss>().toExtend<Loss<Matrix>>();
  expectTypeOf<Loss<Matrix>>().not.toExtend<Loss<Int32Array>>();
  expectTypeOf<Loss<Int32Array>>().not.toExtend<Loss>();
});

test("a loss of one's own takes the targets that it defines", () => {
  const ofClasses = (
    _grad: FloatArray,
    _loss: FloatArray,
    _a: FloatArray,
    _y: Int32Array,
    _rows: number,
    _columns: number,
  ): void => {};
  const mine = makeLoss("mine", {
    ofValues: (grad, loss, a, y, rows, columns) => {
      expectTypeOf([grad, loss, a, y]).toEqualTypeOf<FloatArray[]>();
      expectTypeOf([rows, columns]).toEqualTypeOf<number[]>();
    },
  });
  expectTypeOf(mine).toEqualTypeOf<Loss<Matrix>>();
  expectTypeOf(makeLoss("mine", { ofClasses })).toEqualTypeOf<Loss<Int32Array>>();
  expectTypeOf(makeLoss("mine", { ofClasses, ofValues: () => {} })).toEqualTypeOf<Loss>();
  // @ts-expect-error: neither definition
  makeLoss("mine", {});
  // @ts-expect-error: misspelt
  makeLoss("mine", { ofValue: () => {} });
  // @ts-expect-error: a check of values for a loss of classes
  makeLoss("mine", { ofClasses, checkValues: () => {} });
});
