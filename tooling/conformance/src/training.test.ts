import { relu, tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, dropout, type Layer, mlp, predict, predictor, train } from "@feedforward/mlp";
import { adam, sgd } from "@feedforward/optim";
import { type Backend, type Examples, reference } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { numbers } from "../../../packages/tensor/src/conformance/numbers.ts";

const xor = {
  x: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
  y: Int32Array.of(0, 1, 1, 0),
} as const;

const digits: Examples<Int32Array> = {
  x: { shape: [200, 784], data: numbers(200 * 784, 9).map((x) => Math.max(0, x)) },
  y: Int32Array.from({ length: 200 }, (_, i) => (i * 7) % 10),
};

async function weightsOf(
  backend: Backend,
  layers: readonly Layer[],
  epochs = 3,
): Promise<Float32Array[]> {
  const net = mlp(784, layers, { seed: 1 });
  const run = train(net, digits, {
    loss: softmaxCrossEntropy(),
    optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    batchSize: 33,
    epochs,
    backend,
  });
  for await (const { loss } of run) expect(loss).toBeLessThan(3);
  return net.layers.flatMap(({ params }) => params.map(({ data }) => data as Float32Array));
}

describe.each([wasm(), wasm({ deterministic: "portable" })])("on $name", (backend) => {
  test.each([1, 2, 3, 4, 5])("XOR is learned from seed %i", async (seed) => {
    const net = mlp(2, [dense(4, tanh), dense(2)], { seed });
    let last = Number.POSITIVE_INFINITY;
    const options = { loss: softmaxCrossEntropy(), epochs: 300, backend };
    for await (const { loss } of train(net, xor, {
      ...options,
      optimizer: adam({ learningRate: 0.05 }),
    }))
      last = loss;
    expect(last).toBeLessThan(0.05);
    expect(predict(net, xor.x, { backend }).classes).toEqual(xor.y);
  });

  test("784-128-10 with dropout ends with the weights that the reference gives, but for rounding", async () => {
    const layers = [dense(128, relu), dropout(0.2), dense(10)];
    const [got, wanted] = [await weightsOf(backend, layers), await weightsOf(reference, layers)];
    for (const [i, weights] of got.entries())
      expectAllClose(weights, wanted[i]!, { relative: 1e-3, absolute: 1e-4 });
  });

  test("the same seed gives the same bits", async () => {
    const layers = [dense(32, tanh), dropout(0.5), dense(10)];
    expect(await weightsOf(backend, layers, 1)).toEqual(await weightsOf(backend, layers, 1));
  });

  test("one row is predicted with the bits that it has in a batch", () => {
    const net = mlp(784, [dense(50, relu), dense(10)], { seed: 1 });
    const whole = predict(net, digits.x, { backend }).outputs.data;
    const one = predictor(net, { backend });
    const row = { shape: [1, 784], data: digits.x.data.slice(784 * 5, 784 * 6) } as const;
    expect(one(row).outputs.data).toEqual(whole.slice(50, 60));
  });
});
