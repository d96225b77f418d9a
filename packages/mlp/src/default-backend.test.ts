import { tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import { type Backend, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { expect, test } from "vitest";
import * as core from "./core.ts";
import * as index from "./index.ts";

const x = { shape: [7, 13], data: Float32Array.from({ length: 91 }, (_, i) => (i % 17) / 9 - 1) };
const examples = { x: { ...x, shape: [7, 13] as const }, y: Int32Array.of(0, 1, 2, 0, 1, 2, 0) };
const loss = softmaxCrossEntropy();
type Dtype = "float32" | "float64";

/** What every function that executes a network gives, on the named backend or the default. */
async function everything(dtype: Dtype, backend?: Backend): Promise<unknown> {
  const net = index.mlp(13, [index.dense(9, tanh), index.dense(3)], { seed: 1, dtype });
  const on = backend && { backend };
  const { a, h } = index.forward(net, examples.x, on);
  const options = { loss, optimizer: sgd({ learningRate: 0.1 }), epochs: 3, batchSize: 3 };
  const losses: number[] = [];
  for await (const report of index.train(net, examples, { ...options, ...on }))
    losses.push(report.loss);
  return {
    ...{ a, h, losses },
    weights: net.layers.map(({ params }) => params),
    evaluated: await index.evaluate(net, examples, { loss, ...on }),
    predicted: index.predict(net, examples.x, on),
    one: index.predictor(net, on)(examples.x),
  };
}

test("unless told, a network in float32 is executed by wasm()", async () => {
  const unlessTold = await everything("float32");
  expect(unlessTold).toEqual(await everything("float32", wasm()));
  expect(unlessTold).not.toEqual(await everything("float32", reference));
});

test("unless told, a network in float64 is executed by the reference", async () => {
  expect(await everything("float64")).toEqual(await everything("float64", reference));
});

test("mlp/core exports what mlp does", () => {
  expect(Object.keys(core).sort()).toEqual(Object.keys(index).sort());
});
