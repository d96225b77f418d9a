import { peer, versionOf } from "./peer.ts";
import { batches, type Material, serve } from "./serve.ts";

// ConvNetJS trains one example at a time in float64, and updates after every `batch_size` of them.

interface Vol {
  w: Float64Array;
}
interface ConvNetJs {
  Vol: new (sx: number, sy: number, depth: number, c: number) => Vol;
  Net: new () => {
    layers: { filters?: Vol[]; biases?: Vol }[];
    makeLayers(definitions: object[]): void;
    forward(x: Vol): Vol;
  };
  Trainer: new (net: object, options: object) => { train(x: Vol, y: number): object };
}

const convnetjs = peer<ConvNetJs>("convnetjs");
let material: Material<Float32Array>;
let net: InstanceType<ConvNetJs["Net"]>;
let trainer: InstanceType<ConvNetJs["Trainer"]>;
let x: Vol;
let next: () => Int32Array;

serve<Float32Array>({
  takes: "floats",
  load(given) {
    material = given;
    next = batches(given as Material<never>);
    const { widths, update, batch } = given.task;
    if (update.kind !== "sgd") throw new Error("its Adam is missing from the package");
    const hidden = widths
      .slice(1, -1)
      .map((num_neurons) => ({ type: "fc", num_neurons, activation: "relu" }));
    net = new convnetjs.Net();
    net.makeLayers([
      { type: "input", out_sx: 1, out_sy: 1, out_depth: widths[0] },
      ...hidden,
      { type: "softmax", num_classes: widths.at(-1) },
    ]);
    const connected = net.layers.filter(({ filters }) => filters);
    for (const [k, { W, b }] of given.layers.entries()) {
      const { filters, biases } = connected[k]!;
      const columns = widths[k]!;
      for (const [r, { w }] of filters!.entries())
        w.set(W.subarray(r * columns, (r + 1) * columns));
      biases!.w.set(b);
    }
    trainer = new convnetjs.Trainer(net, {
      method: "sgd",
      learning_rate: update.learningRate,
      momentum: update.momentum,
      batch_size: batch,
      l2_decay: 0,
    });
    x = new convnetjs.Vol(1, 1, widths[0]!, 0);
    return {
      library: versionOf("convnetjs"),
      products: "plain JavaScript, float64",
      threads: "1",
    };
  },
  steps(count) {
    const { train } = material;
    for (let step = 0; step < count; step++)
      for (const row of next()) {
        x.w.set(train.x.subarray(row * train.columns, (row + 1) * train.columns));
        trainer.train(x, train.y[row]!);
      }
  },
  predict(rows) {
    const { test, task } = material;
    const classes = task.widths.at(-1)!;
    const probabilities = new Float64Array(rows * classes);
    for (let r = 0; r < rows; r++) {
      x.w.set(test.x.subarray(r * test.columns, (r + 1) * test.columns));
      probabilities.set(net.forward(x).w, r * classes);
    }
    return probabilities;
  },
});
