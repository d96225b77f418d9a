import { relu, tanh } from "@feedforward/activations";
import { meanSquaredError } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import { products, reference } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { all, examples, loss, noting, numbered, optimizers, small } from "../testing/small-runs.ts";
import {
  accuracy,
  dense,
  dropout,
  evaluate,
  type Loss,
  mlp,
  type Network,
  train,
} from "./index.ts";

const bits = (net: Network): number[] =>
  net.layers.flatMap(({ params }) =>
    params.flatMap(({ data }) => [...new Uint8Array(data.slice().buffer)]),
  );

describe.each([reference, guard(products)])("train() on $name", (backend) => {
  const trained = async (options: object, net = small()): Promise<Network> => {
    const optimizer = optimizers.adam;
    await all(train(net, examples(37), { loss, optimizer, epochs: 3, backend, ...options }));
    return net;
  };

  test.each(Object.entries(optimizers))(
    "%s gives the same bits for the same seed",
    async (_, optimizer) => {
      const once = await trained({ optimizer });
      expect(bits(once)).not.toEqual(bits(small()));
      expect(bits(await trained({ optimizer }))).toEqual(bits(once));
    },
  );

  test("another seed gives other bits, and the network's own is the default", async () => {
    expect(bits(await trained({ seed: 4 }))).not.toEqual(bits(await trained({ seed: 3 })));
    expect(bits(await trained({}))).toEqual(bits(await trained({ seed: 3 })));
  });

  test("gives the bits of the reference backend", async () => {
    expect(bits(await trained({}))).toEqual(bits(await trained({ backend: reference })));
  });

  test("every epoch shows every example once, in another order, and so does every seed", async () => {
    const batches: number[][] = [];
    const optimizer = optimizers.sgd;
    const options = { loss: noting(batches), optimizer, epochs: 3, batchSize: 4, backend };
    await all(train(mlp(1, [dense(1)]), numbered(10), options));
    expect(batches.map(({ length }) => length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4, 2]);
    const epochs = [0, 3, 6].map((at) => batches.slice(at, at + 3).flat());
    for (const epoch of epochs)
      expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(epochs.map(String)).size).toBe(3);

    const [first, other]: number[][][] = [[], []];
    const longer = { ...options, epochs: 1, batchSize: 10 };
    await all(train(mlp(1, [dense(1)]), numbered(10), { ...longer, loss: noting(first!) }));
    await all(
      train(mlp(1, [dense(1)]), numbered(10), { ...longer, loss: noting(other!), seed: 1 }),
    );
    expect(first).toEqual([epochs[0]]);
    expect(other).not.toEqual(first);
  });

  test("the loss of an epoch is the mean over its examples, whatever the last batch", async () => {
    for (const batchSize of [1, 3, 4, 10, 100]) {
      const options = {
        loss: noting([]),
        optimizer: optimizers.sgd,
        epochs: 1,
        batchSize,
        backend,
      };
      const [report] = await all(train(mlp(1, [dense(1)]), numbered(10), options));
      expect(report?.loss).toBeCloseTo(4.5, 6);
      expect(report?.step).toBe(Math.ceil(10 / batchSize));
    }
  });

  test("the loss of an epoch is of that epoch alone", async () => {
    let value = 0;
    const counting: Loss<Int32Array> = {
      lossName: "counting",
      check: () => {},
      ofClasses: (grad, mean) => {
        grad.fill(0);
        mean[0] = value++;
      },
    };
    const options = { loss: counting, optimizer: optimizers.sgd, epochs: 2, batchSize: 5, backend };
    const reports = await all(train(mlp(1, [dense(1)]), numbered(10), options));
    expect(reports.map((report) => report.loss)).toEqual([0.5, 2.5]);
  });

  test("a short last batch is trained on its own rows alone", async () => {
    // One step over 3 examples, in a workspace that held 4 before.
    const [four, three] = [examples(4), examples(7)];
    const one = mlp(2, [dense(2)], { seed: 1 });
    const options = { loss, optimizer: sgd({ learningRate: 0 }), epochs: 1, batchSize: 4, backend };
    const [seven] = await all(train(one, three, options));
    const { loss: expected } = await evaluate(one, three, { loss, backend });
    expect(seven?.loss).toBeCloseTo(expected, 6);
    expect((await all(train(one, four, options)))[0]?.step).toBe(1);
  });

  test("validates after each epoch with the weights reached, while dropout rests", async () => {
    const net = small();
    const validation = examples(20, 2);
    const metrics = [accuracy];
    const run = train(net, examples(37), {
      loss,
      optimizer: optimizers.adam,
      epochs: 3,
      batchSize: 8,
      validation,
      metrics,
      backend,
    });
    let count = 0;
    for await (const { validation: found } of run) {
      count++;
      expect(found).toEqual(
        await evaluate(net, validation, { loss, metrics, batchSize: 8, backend }),
      );
    }
    expect(count).toBe(3);
  });

  test("dropout acts in training: the loss there is not that of an evaluation", async () => {
    const net = small();
    const options = { loss, optimizer: sgd({ learningRate: 0 }), epochs: 1, backend };
    const [first] = await all(train(net, examples(37), options));
    const rested = await evaluate(net, examples(37), { loss, backend });
    expect(first?.loss).not.toBeCloseTo(rested.loss, 4);
  });

  test("each step has masks of its own", async () => {
    const options = { loss, optimizer: sgd({ learningRate: 0 }), epochs: 6, backend };
    const net = mlp(2, [dropout(0.5), dense(32, tanh), dropout(0.5), dense(2)], { seed: 1 });
    const losses = (await all(train(net, examples(1), options))).map((report) => report.loss);
    expect(new Set(losses).size).toBe(6);
  });

  test("learns values, and in float64", async () => {
    const { x } = examples(64);
    const data = Float64Array.from(
      { length: 64 },
      (_, r) => 2 * x.data[2 * r]! - x.data[2 * r + 1]!,
    );
    const net = mlp(2, [dense(1)], { dtype: "float64" });
    const optimizer = sgd({ learningRate: 0.5 });
    const options = { loss: meanSquaredError(), optimizer, epochs: 100, batchSize: 16, backend };
    const reports = await all(train(net, { x, y: { shape: [64, 1], data } }, options));
    expect(reports.at(-1)?.loss).toBeLessThan(1e-8);
    expect(net.layers[0]?.params[0]?.data[0]).toBeCloseTo(2, 4);
  });

  test("standardises as the network says, and leaves the rows alone", async () => {
    const { x, y } = examples(37);
    const scaled = { shape: x.shape, data: Uint8Array.from(x.data, (v) => Math.round(v * 255)) };
    const byHand = { shape: x.shape, data: Float32Array.from(scaled.data, (v) => v / 255) };
    const standardiser = { mean: new Float32Array(2), std: new Float32Array(2).fill(255) };
    const before = scaled.data.slice();
    const layers = [dense(5, tanh), dense(2)];
    const [one, two] = [mlp(2, layers, { standardiser }), mlp(2, layers)];
    const options = { loss, optimizer: optimizers.adam, epochs: 2, backend };
    await all(train(one, { x: scaled, y }, options));
    await all(train(two, { x: byHand, y }, options));
    expect(bits(one)).toEqual(bits(two));
    expect(scaled.data).toEqual(before);
  });

  test("one example, and a batch larger than the data, are enough", async () => {
    const options = { loss, optimizer: optimizers.sgd, epochs: 1, batchSize: 1000, backend };
    const [report] = await all(train(small(), examples(1), options));
    expect(report).toMatchObject({ step: 1, steps: 1, endOfEpoch: true });
  });

  test("a second run goes on from the weights of the first", async () => {
    const net = (): Network => mlp(2, [dense(5, relu), dense(2)], { seed: 3 });
    const [twice, once] = [net(), net()];
    const options = { loss, optimizer: optimizers.sgd, backend };
    await all(train(twice, examples(1), { ...options, epochs: 1 }));
    await all(train(twice, examples(1), { ...options, epochs: 1 }));
    await all(train(once, examples(1), { ...options, epochs: 2 }));
    expect(bits(twice)).toEqual(bits(once));
  });
});
