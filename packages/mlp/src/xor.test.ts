import { tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam } from "@feedforward/optim";
import { expect, test } from "vitest";
import { dense, mlp, predict, train } from "./index.ts";

const xor = {
  x: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
  y: Int32Array.of(0, 1, 1, 0),
} as const;

test.each([1, 2, 3, 4, 5])("XOR is learned from seed %i", async (seed) => {
  const net = mlp(2, [dense(4, tanh), dense(2)], { seed });
  const losses: number[] = [];
  const optimizer = adam({ learningRate: 0.05 });
  for await (const { loss } of train(net, xor, {
    loss: softmaxCrossEntropy(),
    optimizer,
    epochs: 300,
  }))
    losses.push(loss);
  expect(losses).toHaveLength(300);
  expect(losses.at(-1)).toBeLessThan(0.05);
  expect(predict(net, xor.x).classes).toEqual(xor.y);
});
