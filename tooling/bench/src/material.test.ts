import { relu } from "@feedforward/activations";
import { dense, mlp } from "@feedforward/mlp";
import { describe, expect, test } from "vitest";
import { initialWeights, shuffled, synthetic } from "./material.ts";

describe("shuffled", () => {
  test("names every row once in an epoch, in another order in each", async () => {
    const order = await shuffled(1000);
    const rows = Int32Array.from({ length: 1000 }, (_, i) => i);
    const [first, second] = [order.slice(0, 1000), order.slice(1000)];
    expect(first.toSorted()).toEqual(rows);
    expect(second.toSorted()).toEqual(rows);
    expect(first).not.toEqual(rows);
    expect(second).not.toEqual(first);
  });
});

test("initialWeights gives W and b of each layer, one after another", () => {
  const weights = initialWeights([3, 4, 2]);
  const { layers } = mlp(3, [dense(4, relu), dense(2)], { seed: 1 });
  expect(weights).toHaveLength(12 + 4 + 8 + 2);
  expect(weights.subarray(0, 12)).toEqual(layers[0]!.params[0]!.data);
  expect(weights.subarray(16, 24)).toEqual(layers[1]!.params[0]!.data);
});

test("synthetic gives two classes of about the same size, and the same ones again", () => {
  const { x, y } = synthetic(1000, 1);
  const ones = y.reduce((sum, c) => sum + c, 0);
  expect(ones).toBeGreaterThan(400);
  expect(ones).toBeLessThan(600);
  expect(synthetic(1000, 1).x.data).toEqual(x.data);
  expect(synthetic(1000, 2).x.data).not.toEqual(x.data);
});
