import { leakyRelu, relu } from "@feedforward/activations";
import { meanSquaredError, softmaxCrossEntropy } from "@feedforward/losses";
import { softmax } from "@feedforward/tensor";
import { expectTypeOf, test } from "vitest";
import {
  backward,
  dense,
  dropout,
  forward,
  gradientCheck,
  type Layer,
  mlp,
  type Network,
  predict,
} from "./index.ts";

const net = mlp(2, [dense(2)]);
const x = { shape: [1, 2], data: new Float32Array(2) } as const;
const vector = { shape: [2], data: new Float32Array(2) } as const;

test("a hidden activation is an activation", () => {
  dense(128, relu);
  dense(128, leakyRelu());
  // @ts-expect-error: the softmax belongs to the loss
  dense(128, softmax);
  // @ts-expect-error: the factory is not the activation
  dense(128, leakyRelu);
  // @ts-expect-error: the name is not the activation
  dense(128, "relu");
});

test("a misspelt option is an error", () => {
  // @ts-expect-error: initialise
  dense(128, relu, { initialize: () => {} });
  // @ts-expect-error: seed
  mlp(2, [dense(2)], { sead: 1 });
  // @ts-expect-error: float16 is no dtype
  mlp(2, [dense(2)], { dtype: "float16" });
  // @ts-expect-error: training
  forward(net, x, { train: true });
  // @ts-expect-error: epsilon
  gradientCheck(net, { x, y: new Int32Array(1) }, { loss: softmaxCrossEntropy(), eps: 1e-5 });
  // @ts-expect-error: a rate is a number
  dropout({ rate: 0.2 });
});

test("rows are a matrix, and so is the gradient of the output", () => {
  // @ts-expect-error: a vector for a matrix
  forward(net, vector);
  // @ts-expect-error: a vector for a matrix
  predict(net, vector);
  // @ts-expect-error: a vector for a matrix
  backward(forward(net, x), vector);
  // @ts-expect-error: an array is no tensor
  forward(net, [[1, 2]]);
});

test("layers are an array of layers", () => {
  // @ts-expect-error: one layer is no array
  mlp(2, dense(2));
  // @ts-expect-error: the factory is not the layer
  mlp(2, [dense]);
  // @ts-expect-error: a width is no layer
  mlp(2, [128, dense(2)]);
  expectTypeOf(dense(2)).toExtend<Layer>();
  expectTypeOf(dropout(0.5)).toExtend<Layer>();
});

test("a loss takes the targets that there are", () => {
  gradientCheck(net, { x, y: new Int32Array(1) }, { loss: softmaxCrossEntropy() });
  // @ts-expect-error: classes are no values
  gradientCheck(net, { x, y: new Int32Array(1) }, { loss: meanSquaredError() });
});

test("labels give the type of what is predicted", () => {
  const named = mlp(2, [dense(2)], { labels: ["cat", "dog"] });
  expectTypeOf(named).toEqualTypeOf<Network<"cat" | "dog">>();
  expectTypeOf(predict(named, x).labels).toEqualTypeOf<readonly ("cat" | "dog")[] | undefined>();
  const labels = ["cat", "dog"] as const;
  expectTypeOf(mlp(2, [dense(2)], { labels })).toEqualTypeOf<Network<"cat" | "dog">>();
  const words: string[] = ["cat", "dog"];
  expectTypeOf(mlp(2, [dense(2)], { labels: words })).toEqualTypeOf<Network<string>>();
  expectTypeOf(named).toExtend<Network>();
});
