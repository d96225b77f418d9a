import { relu } from "@feedforward/activations";
import { meanSquaredError, softmaxCrossEntropy } from "@feedforward/losses";
import { type Examples, type Matrix, products, reference, uniform } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  dense,
  dropout,
  evaluate,
  forward,
  type Loss,
  mlp,
  predict,
  predictor,
  save,
} from "./index.ts";

const rows = 23;
const x: Matrix = {
  shape: [rows, 3],
  data: uniform(new Float64Array(3 * rows), { seed: 5, stream: 0, counter: 0 }),
};
const standardiser = { mean: Float64Array.of(0.5, 0.4, 0.3), std: Float64Array.of(0.3, 2, 0.1) };
const examples: Examples<Int32Array> = { x, y: Int32Array.from({ length: rows }, (_, r) => r % 4) };
const layers = [dense(6, relu), dropout(0.5), dense(4)];
const softmax = softmaxCrossEntropy();

describe.each([reference, guard(products)])("on $name", (backend) => {
  describe.each(["float32", "float64"] as const)("in %s", (dtype) => {
    const net = mlp(3, layers, { seed: 2, dtype, standardiser });
    const { h } = forward(net, x, { backend });
    const outputs = h.at(-1)!;
    const digits = dtype === "float32" ? 5 : 12;

    test("evaluate() is the loss of forward()'s output, whatever the batch size", async () => {
      const { loss: expected } = softmax(outputs, examples.y);
      const right = accuracy.ofClasses(outputs.data, examples.y, rows, 4) / rows;
      for (const batchSize of [1, 2, 7, rows, 1000]) {
        const metrics = [accuracy];
        const found = await evaluate(net, examples, { loss: softmax, metrics, batchSize, backend });
        expect(found.loss).toBeCloseTo(expected, digits);
        expect(found.accuracy).toBe(right);
        expect(Object.keys(found)).toEqual(["loss", "accuracy"]);
      }
    });

    test("evaluate() takes values", async () => {
      const y: Matrix = { shape: [rows, 4], data: new Float32Array(4 * rows).fill(0.25) };
      const { loss: expected } = meanSquaredError()(outputs, y);
      const options = { loss: meanSquaredError(), batchSize: 5, backend };
      expect((await evaluate(net, { x, y }, options)).loss).toBeCloseTo(expected, digits);
    });

    test("predict() and predictor() give forward()'s output, whatever the batch size", () => {
      for (const batchSize of [1, 2, 7, rows, 1000]) {
        const found = predict(net, x, { batchSize, backend });
        expect(found.outputs).toEqual(outputs);
        expect(predictor(net, { batchSize, backend })(x)).toEqual(found);
      }
    });

    test("evaluate() and predict() leave the network as it is", async () => {
      const before = save(net);
      await evaluate(net, examples, { loss: softmax, backend });
      predict(net, x, { backend });
      expect(save(net)).toEqual(before);
    });
  });
});

test("evaluate() is rejected with the signal's reason", async () => {
  const net = mlp(3, layers);
  const reason = new Error("stopped");
  const before = evaluate(net, examples, { loss: softmax, signal: AbortSignal.abort(reason) });
  await expect(before).rejects.toBe(reason);
  const controller = new AbortController();
  const { signal } = controller;
  let batches = 0;
  const aborting: Loss<Int32Array> = {
    lossName: "aborting",
    check: () => {},
    ofClasses: (...args) => {
      if (++batches === 2) controller.abort(reason);
      softmax.ofClasses?.(...args);
    },
  };
  const during = evaluate(net, examples, { loss: aborting, signal, batchSize: 5 });
  await expect(during).rejects.toBe(reason);
  expect(batches).toBe(2);
});
