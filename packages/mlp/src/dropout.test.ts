import { softmaxCrossEntropy } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import { type FloatArray, permutation, type Rows, reference } from "@feedforward/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backward, dense, dropout, forward, mlp, type Network, predict, train } from "./index.ts";
import { shuffleStream } from "./streams.ts";

const WIDTH = 50;
const ones = (rows: number, width = WIDTH): Rows => ({
  shape: [rows, width],
  data: new Float32Array(rows * width).fill(1),
});
const [first, second] = [
  mlp(WIDTH, [dropout(0.3)], { seed: 1 }),
  mlp(WIDTH, [dropout(0.3), dropout(0.3)], { seed: 1 }),
];

/** What dropout makes of ones: its mask. */
const mask = (rows: number, options: { seed?: number; step?: number } = {}): FloatArray =>
  forward(first, ones(rows), { training: true, backend: reference, ...options }).h[1]!.data;

describe("dropout()", () => {
  test("drops each unit to 0, or keeps it and divides it by 1 - rate", () => {
    expect(new Set(mask(20))).toEqual(new Set([0, Math.fround(1 / 0.7)]));
  });

  test.each([0.1, 0.5, 0.9])("drops the fraction %f of the units", (rate) => {
    const net = mlp(500, [dropout(rate)], { seed: 1 });
    const found = forward(net, ones(200, 500), { training: true, backend: reference }).h[1]!.data;
    const dropped = found.filter((value) => value === 0).length / found.length;
    // Four standard errors.
    expect(Math.abs(dropped - rate)).toBeLessThan(
      4 * Math.sqrt((rate * (1 - rate)) / found.length),
    );
  });

  test("draws the same mask for the same seed, step and place, and another for any other", () => {
    expect(mask(20)).toEqual(mask(20));
    expect(mask(20, { seed: 1, step: 0 })).toEqual(mask(20));
    expect(mask(20, { seed: 2 })).not.toEqual(mask(20));
    expect(mask(20, { step: 1 })).not.toEqual(mask(20));
    const { h } = forward(second, ones(20), { training: true });
    const [one, two] = [h[1]!.data, h[2]!.data];
    expect(one).toEqual(mask(20));
    const differ = [...one].filter((value, i) => value > 0 && two[i] === 0).length;
    expect(differ).toBeGreaterThan(0.3 * 0.7 * one.length * 0.8);
  });

  test("masks of steps in a row share no words", () => {
    const drawn = Array.from({ length: 50 }, (_, step) => mask(1, { step }).join());
    expect(new Set(drawn).size).toBe(50);
    const shifted = (a: FloatArray, b: FloatArray, by: number): boolean =>
      a.subarray(by).every((value, i) => value === b[i]);
    for (let by = 0; by <= WIDTH - 20; by++)
      expect(shifted(mask(1, { step: 3 }), mask(1, { step: 4 }), by)).toBe(false);
  });

  test("a late step has masks of its own", () => {
    expect(mask(4, { step: 1e8 })).not.toEqual(mask(4, { step: 1e8 + 1 }));
  });

  test("the mask of an element does not depend on how many rows there are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 1e6 }),
        (some, more, step) => {
          const long = mask(some + more, { step });
          expect(mask(some, { step })).toEqual(long.subarray(0, some * WIDTH));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("backward() takes the mask of the forward pass", () => {
    const pass = forward(first, ones(20), { training: true, step: 4 });
    const { x } = backward(pass, { shape: [20, WIDTH], data: ones(20).data as Float32Array });
    expect(x.data).toEqual(pass.h[1]!.data);
  });

  test("rests outside training: forward(), backward() and predict() pass everything on", () => {
    const x: Rows = { shape: [2, WIDTH], data: Float32Array.from({ length: 100 }, (_, i) => i) };
    const pass = forward(second, x);
    expect(pass.h[2]!.data).toEqual(x.data);
    expect(backward(pass, { shape: x.shape, data: x.data as Float32Array }).x.data).toEqual(x.data);
    expect(predict(second, x).outputs.data).toEqual(x.data);
  });

  test("a rate of 0 is the identity, bit for bit", () => {
    const net = mlp(4, [dropout(0)]);
    const data = Float32Array.of(1e-42, -0, -3e38, 0.1);
    const { h } = forward(net, { shape: [1, 4], data }, { training: true });
    expect(new Uint8Array(h[1]!.data.buffer)).toEqual(new Uint8Array(data.buffer));
  });

  test("is the same in a run as in forward(), in the shorter last batch too", async () => {
    const make = (): Network => mlp(3, [dropout(0.5), dense(2)], { seed: 5, dtype: "float64" });
    const data = Float64Array.from({ length: 15 }, (_, i) => (i % 7) - 3);
    const y = Int32Array.of(0, 1, 1, 0, 1);
    const [loss, optimizer] = [softmaxCrossEntropy(), sgd({ learningRate: 0.1 })];

    const trained = make();
    const options = { loss, optimizer, epochs: 1, batchSize: 3 };
    for await (const _ of train(trained, { x: { shape: [5, 3], data }, y }, options));

    const net = make();
    const params = net.layers.flatMap((layer) => layer.params);
    const state = optimizer.init(params);
    const order = permutation(new Int32Array(5), shuffleStream(5, 1));
    for (const [step, rows] of [order.slice(0, 3), order.slice(3)].entries()) {
      const x = Float64Array.from([...rows].flatMap((r) => [...data.slice(3 * r, 3 * r + 3)]));
      const pass = forward(net, { shape: [rows.length, 3], data: x }, { training: true, step });
      const targets = rows.map((r) => y[r]!);
      const gradients = backward(pass, loss(pass.h.at(-1)!, targets).grad).layers.flat();
      const grads = gradients.map((gradient) => gradient.data);
      optimizer.step(params, grads, state);
    }
    expect(net.layers.map((layer) => layer.params)).toEqual(
      trained.layers.map((layer) => layer.params),
    );
  });
});
