import { relu, tanh } from "@feedforward/activations";
import { meanSquaredError, softmaxCrossEntropy } from "@feedforward/losses";
import { adam, sgd } from "@feedforward/optim";
import { type Backend, type Matrix, products, reference, type Session } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { dense, dropout, evaluate, mlp, type Optimizer, predictor, train } from "./index.ts";

describe.each([reference, guard(products)])("on $name", (inner) => {
  const sessions: Session[] = [];
  const backend: Backend = {
    name: "noting",
    open: (dtype, layout) => {
      const opened = inner.open(dtype, layout);
      sessions.push(opened.session);
      return opened;
    },
  };
  const bytes = (): number => {
    const [session] = sessions.splice(0);
    expect(sessions).toEqual([]); // one memory for a whole run
    return session!.bytes;
  };
  const rows = (count: number): Matrix => ({
    shape: [count, 7],
    data: new Float32Array(7 * count).fill(0.5),
  });
  const [n0, n1, n2] = [7, 5, 3];
  const layers = [dense(n1, tanh), dropout(0.5), dense(n2)];
  const parameters = n0 * n1 + n1 + n1 * n2 + n2;

  const optimizers: readonly (readonly [Optimizer<unknown>, slots: number])[] = [
    [sgd({ learningRate: 0.1 }), 0],
    [sgd({ learningRate: 0.1, momentum: 0.9 }), 1],
    [adam(), 2],
  ];

  test("a run's memory is what train() documents", async () => {
    const batch = 4;
    const perRow =
      n0 + // h(0)
      3 * n1 + // a(1), h(1), its gradient
      3 * n1 + // the mask, h(2), its gradient
      2 * n2; // h(3), its gradient
    for (const [dtype, size] of [
      ["float32", 4],
      ["float64", 8],
    ] as const)
      for (const [optimizer, slots] of optimizers)
        for (const validation of [{}, { validation: { x: rows(9), y: new Int32Array(9) } }]) {
          const net = mlp(n0, layers, { dtype });
          const examples = { x: rows(10), y: new Int32Array(10) };
          const loss = softmaxCrossEntropy();
          const options = { loss, optimizer, epochs: 2, batchSize: batch, backend, ...validation };
          for await (const _ of train(net, examples, options));
          const floats = (2 + slots) * parameters + batch * perRow + 1;
          expect(bytes()).toBe(size * floats + 4 * batch);
        }
  });

  test("a standardiser adds its numbers, and a batch of bytes and of row numbers", async () => {
    const standardiser = { mean: new Float32Array(n0), std: new Float32Array(n0).fill(255) };
    const options = { batchSize: 4, backend };
    predictor(mlp(n0, layers), options);
    const without = bytes();
    predictor(mlp(n0, layers, { standardiser }), options);
    expect(bytes()).toBe(without + 4 * 2 * n0 + 4 * 4 + 4 * n0);
  });

  test("targets that are values are floats", async () => {
    const net = mlp(n0, [dense(2, relu)]);
    const y: Matrix = { shape: [3, 2], data: new Float32Array(6) };
    const optimizer = sgd({ learningRate: 0.1 });
    const options = { loss: meanSquaredError(), optimizer, epochs: 1, backend };
    for await (const _ of train(net, { x: rows(3), y }, options));
    expect(bytes()).toBe(4 * (2 * (2 * n0 + 2) + 3 * (n0 + 3 * 2) + 3 * 2 + 1));
  });

  test("an evaluation has room for no gradient of a hidden layer, and a predictor for no gradient and no targets", async () => {
    const net = mlp(n0, layers);
    const batch = 4;
    const perRow = n0 + 2 * n1 + 2 * n1 + 2 * n2;
    const examples = { x: rows(10), y: new Int32Array(10) };
    await evaluate(net, examples, { loss: softmaxCrossEntropy(), batchSize: batch, backend });
    const evaluation = bytes();
    expect(evaluation).toBe(4 * (2 * parameters + batch * perRow + 1 + batch));
    predictor(net, { batchSize: batch, backend });
    expect(bytes()).toBe(evaluation - 4 * (batch * n2 + 1 + batch));
  });
});
