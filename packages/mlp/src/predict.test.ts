import { sigmoid } from "@feedforward/activations";
import { type Matrix, softmax, uniform } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { dense, dropout, mlp, predict, predictor } from "./index.ts";

const x: Matrix = {
  shape: [6, 2],
  data: uniform(new Float32Array(12), { seed: 5, stream: 0, counter: 0 }),
};

test("predict() gives the softmax of the outputs, the most probable class, and its label", () => {
  const net = mlp(2, [dense(3)], { seed: 7, labels: ["cat", "dog", "emu"] });
  const { outputs, probabilities, classes, labels } = predict(net, x);
  expect(probabilities).toEqual(softmax(outputs));
  for (let r = 0; r < 6; r++) {
    const row = outputs.data.slice(3 * r, 3 * r + 3);
    expect(classes[r]).toBe(row.indexOf(Math.max(...row)));
    expect(labels?.[r]).toBe(["cat", "dog", "emu"][classes[r]!]);
  }
  expect("labels" in predict(mlp(2, [dense(3)]), x)).toBe(false);
});

test("predict() gives the sigmoid of a single output, and class 1 where it is above 0", () => {
  const net = mlp(2, [dense(1)], { seed: 1, dtype: "float64" });
  const W = net.layers[0]!.params[0]!.data;
  W.set([1, -1]);
  const rows: Matrix = { shape: [3, 2], data: Float64Array.of(2, 1, 1, 1, 1, 3) };
  const { outputs, probabilities, classes } = predict(net, rows);
  expect(outputs).toEqual({ shape: [3, 1], data: Float64Array.of(1, 0, -2) });
  expect(probabilities.data).toEqual(Float64Array.of(sigmoid.g(1), 0.5, sigmoid.g(-2)));
  expect(classes).toEqual(Int32Array.of(1, 0, 0));
});

test("predict() names both classes of a single output", () => {
  const net = mlp(1, [dense(1)], { seed: 1, labels: ["cat", "dog"] });
  net.layers[0]!.params[0]!.data.fill(1);
  const answer = predict(net, { shape: [2, 1], data: Float32Array.of(2, -2) });
  expect(answer.labels).toEqual(["dog", "cat"]);
});

test("predict() takes no rows, and bytes", () => {
  const net = mlp(2, [dense(4), dropout(0.5), dense(3)], { labels: ["a", "b", "c"] });
  const none = { shape: [0, 2], data: new Uint8Array() } as const;
  const empty = { shape: [0, 3], data: new Float32Array() };
  const expected = { outputs: empty, probabilities: empty, classes: new Int32Array(), labels: [] };
  expect(predict(net, none)).toEqual(expected);
  expect(predictor(net)(none)).toEqual(expected);
  const bytes = { shape: [1, 2], data: Uint8Array.of(3, 255) } as const;
  const floats = { shape: [1, 2], data: Float32Array.of(3, 255) } as const;
  expect(predict(net, bytes)).toEqual(predict(net, floats));
});

test("predict() standardises raw rows as the network says", () => {
  const layers = [dense(3)];
  const standardiser = { mean: Float32Array.of(1, 2), std: Float32Array.of(0.5, 4) };
  const byHand = x.data.map((value, i) => (value - [1, 2][i % 2]!) / [0.5, 4][i % 2]!);
  const raw = mlp(2, layers, { seed: 1, standardiser });
  const ready = { shape: x.shape, data: byHand as Float32Array };
  expect(predict(raw, x)).toEqual(predict(mlp(2, layers, { seed: 1 }), ready));
});

test("predict() standardises before it rounds: digits beyond float32 reach the network", () => {
  const layers = [dense(1)];
  const standardiser = { mean: Float64Array.of(1.7e9), std: Float64Array.of(2) };
  const seconds = { shape: [2, 1], data: Float64Array.of(1.7e9 + 1, 1.7e9 - 3) } as const;
  const ready = { shape: [2, 1], data: Float32Array.of(0.5, -1.5) } as const;
  expect(predict(mlp(1, layers, { seed: 1, standardiser }), seconds)).toEqual(
    predict(mlp(1, layers, { seed: 1 }), ready),
  );
});

test("predictor() holds a copy of the weights, and what it returns is fresh", () => {
  const net = mlp(2, [dense(3)], { seed: 1 });
  const one = predictor(net);
  const before = one(x);
  const copy = structuredClone(before);
  net.layers[0]!.params[0]!.data.fill(9);
  const after = one(x);
  expect(after).toEqual(copy);
  expect(predict(net, x)).not.toEqual(copy);
  after.outputs.data.fill(0);
  one({ shape: [1, 2], data: Float32Array.of(9, 9) });
  expect(before).toEqual(copy);
});

test("predictor() serves several networks at a time", () => {
  const nets = [1, 2].map((seed) => mlp(2, [dense(3)], { seed }));
  const [one, two] = nets.map((net) => predictor(net));
  expect([one?.(x), two?.(x), one?.(x)]).toEqual([0, 1, 0].map((i) => predict(nets[i]!, x)));
});
