import { linear } from "@feedforward/activations";
import { meanSquaredError, negativeLogLikelihood, softmaxCrossEntropy } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import type { Examples, Matrix } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { accuracy, dense, evaluate, type Loss, mlp, predict, predictor, train } from "./index.ts";

const net = mlp(2, [dense(3, linear)]);
const x: Matrix = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
const examples = { x, y: Int32Array.of(0, 2) };
const base = {
  loss: softmaxCrossEntropy(),
  optimizer: sgd({ learningRate: 0.1 }),
  epochs: 1,
};
/** Trains with other options, past the types; errors come at once, before anything is awaited. */
const training =
  (options: object, on: object = examples) =>
  (): unknown =>
    train(net, on as Examples<Int32Array>, { ...base, ...options });

test("train() refuses counts and a seed that are out of range", () => {
  expect(training({ epochs: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects epochs to be a whole number above 0, but epochs is 0]`,
  );
  expect(training({ epochs: undefined })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects epochs to be a whole number above 0, but epochs is undefined]`,
  );
  expect(training({ batchSize: 2.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects batchSize to be a whole number above 0, but batchSize is 2.5]`,
  );
  expect(training({ progressEvery: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects progressEvery to be a whole number above 0, but progressEvery is -1]`,
  );
  expect(training({ seed: 2 ** 32 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects seed to be a whole number in [0, 4294967296), but seed is 4294967296]`,
  );
  expect(training({ earlyStopping: { patience: 0 } })).toThrow("earlyStopping.patience is 0");
});

test("train() refuses what is no loss or optimizer, as a factory that was not called", () => {
  expect(training({ loss: softmaxCrossEntropy })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects a loss, but loss is a function without check: call its factory, as in softmaxCrossEntropy()]`,
  );
  expect(training({ loss: undefined })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects a loss, but loss is undefined: call its factory, as in softmaxCrossEntropy()]`,
  );
  expect(training({ optimizer: sgd })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects an optimizer, but optimizer is a function: call its factory, as in adam()]`,
  );
  expect(training({ optimizer: "sgd" })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects an optimizer, but optimizer is sgd: call its factory, as in adam()]`,
  );
});

test("train() refuses inputs that do not fit the network", () => {
  const withX = (bad: unknown) => training({}, { ...examples, x: bad });
  expect(withX({ ...x, shape: [1, 4] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is { shape: [1, 4], data: Float32Array(4) }]`,
  );
  expect(withX({ ...x, shape: [4] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is { shape: [4], data: Float32Array(4) }]`,
  );
  expect(withX({ ...x, shape: [3, 2] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is { shape: [3, 2], data: Float32Array(4) }]`,
  );
  expect(withX({ ...x, data: [1, 2, 3, 4] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is { shape: [2, 2], data: Array(4) }]`,
  );
  expect(withX({ ...x, data: new Uint8ClampedArray(4) })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is { shape: [2, 2], data: Uint8ClampedArray(4) }]`,
  );
  expect(withX(Float32Array.of(1, 2))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is Float32Array]`,
  );
  expect(withX(undefined)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects examples.x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but examples.x is undefined]`,
  );
});

test("train() names the row and column of an input that is not finite", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const bad = { ...x, data: Float64Array.of(1, 2, 3, value) };
    expect(training({}, { ...examples, x: bad })).toThrow(
      `row 1, column 1 of examples.x is ${value}`,
    );
  }
  const bad = { ...x, data: Float32Array.of(1, Number.NaN, 3, 4) };
  expect(training({ validation: { ...examples, x: bad } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects finite inputs, but row 0, column 1 of validation.x is NaN: remove the row or fill the gap]`,
  );
});

test("train() refuses empty data", () => {
  const none = { x: { shape: [0, 2], data: new Float32Array() }, y: new Int32Array() };
  expect(training({}, none)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects at least one example, but examples has none]`,
  );
  expect(training({ validation: none })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects at least one example, but validation has none]`,
  );
});

test("train() refuses targets that the loss or the network does not take", () => {
  const withY = (y: unknown, options = {}) => training(options, { x, y });
  expect(withY(Int32Array.of(0, 3))).toThrow(/^softmaxCrossEntropy\(\) expects .* y\[1\] is 3/);
  expect(withY(Int32Array.of(0))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: train() expects a target for each of 2 rows of examples.x, but examples.y has 1]`,
  );
  expect(withY(Int32Array.of(0, 1, 2))).toThrow("but examples.y has 3");
  expect(withY([0, 1])).toThrow("softmaxCrossEntropy() expects");
  expect(withY(examples.y, { loss: meanSquaredError() })).toThrow("meanSquaredError() expects");
  const values: Matrix = { shape: [2, 3], data: new Float32Array(6) };
  expect(withY(values, { loss: negativeLogLikelihood() })).toThrow(
    "negativeLogLikelihood() expects",
  );
  const wide = { shape: [2, 4], data: new Float32Array(8) };
  expect(withY(wide, { loss: meanSquaredError() })).toThrow("meanSquaredError() expects");
  const other = { ...base.loss, check: () => {}, lossName: "mine" };
  expect(withY(wide, { loss: other })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: train() expects examples.y of [2, 3], but examples.y is [2, 4]]`,
  );
});

test("train() refuses validation of another kind than the examples", () => {
  const y = { shape: [2, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0) };
  expect(training({ validation: { x, y } })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects validation.y of the kind of examples.y, but one holds classes and the other values]`,
  );
});

test("train() refuses a loss of the user's own that lacks the targets' definition", () => {
  const loss: Loss<Int32Array> = { lossName: "mine", check: () => {}, ofValues: () => {} };
  expect(training({ loss })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects a loss of classes, since y holds classes, but mine is a loss of values]`,
  );
  const values = { x, y: { shape: [2, 3], data: new Float32Array(6) } };
  const ofClasses = { lossName: "mine", check: () => {}, ofClasses: () => {} };
  expect(training({ loss: ofClasses }, values)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects a loss of values, since y holds values, but mine is a loss of classes]`,
  );
});

test("train() refuses metrics that share a name, or do not take the targets", () => {
  const metrics = (...list: object[]) => training({ metrics: list });
  expect(metrics(accuracy, accuracy)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects each metric to have a name of its own, but metrics[1] is another accuracy]`,
  );
  expect(metrics({ ...accuracy, name: "loss" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects each metric to have a name of its own, but metrics[0] is another loss]`,
  );
  expect(metrics({ name: "r2", ofValues: () => 0 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects metrics of classes, since y holds classes, but r2 takes none]`,
  );
});

test("errors are of their kinds", () => {
  expect(training({ epochs: 0 })).toThrow(RangeError);
  expect(training({ loss: undefined })).toThrow(TypeError);
  expect(training({}, { ...examples, x: { ...x, shape: [1, 4] } })).toThrow(
    expect.objectContaining({ name: "ShapeError" }),
  );
});

test("evaluate() refuses the same, in its own name", async () => {
  const evaluating = (options: object, on: object = examples): Promise<unknown> =>
    evaluate(net, on as Examples<Int32Array>, { loss: base.loss, ...options });
  await expect(evaluating({ batchSize: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: evaluate() expects batchSize to be a whole number above 0, but batchSize is 0]`,
  );
  await expect(evaluating({ loss: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[TypeError: evaluate() expects a loss, but loss is 1: call its factory, as in softmaxCrossEntropy()]`,
  );
  const empty = { x: { shape: [0, 2], data: new Uint8Array() }, y: new Int32Array() };
  await expect(evaluating({}, empty)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: evaluate() expects at least one example, but examples has none]`,
  );
  const nan = { ...x, data: Float32Array.of(1, Number.NaN, 3, 4) };
  await expect(evaluating({}, { ...examples, x: nan })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: evaluate() expects finite inputs, but row 0, column 1 of examples.x is NaN: remove the row or fill the gap]`,
  );
});

test("predict() and predictor() refuse the same, in their own names", () => {
  const nan = { ...x, data: Float32Array.of(1, Number.NaN, 3, 4) };
  const image = { shape: [2, 2], data: new Uint8ClampedArray(4) } as never;
  expect(() => predict(net, nan)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: predict() expects finite inputs, but row 0, column 1 of x is NaN: remove the row or fill the gap]`,
  );
  expect(() => predict(net, image)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: predict() expects x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but x is { shape: [2, 2], data: Uint8ClampedArray(4) }]`,
  );
  expect(() => predict(net, undefined as never)).toThrow("predict() expects x as { shape");
  expect(() => predict(net, x, { batchSize: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: predict() expects batchSize to be a whole number above 0, but batchSize is 0]`,
  );
  expect(() => predictor(net, { batchSize: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: predictor() expects batchSize to be a whole number above 0, but batchSize is 1.5]`,
  );
  const one = predictor(net);
  expect(() => one({ ...x, shape: [1, 4] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: predictor() expects x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but x is { shape: [1, 4], data: Float32Array(4) }]`,
  );
  expect(() => one(nan)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: predictor() expects finite inputs, but row 0, column 1 of x is NaN: remove the row or fill the gap]`,
  );
});
