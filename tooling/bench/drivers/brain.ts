import { peer, versionOf } from "./peer.ts";
import { batches, type Material, serve } from "./serve.ts";

// brain.js trains one example at a time on the squared error; every layer, the output too, is ReLU.

interface Net {
  sizes: number[];
  weights: Float32Array[][];
  biases: Float32Array[];
  initialize(): void;
  trainOpts: object;
  trainPattern(example: { input: Float32Array; output: Float32Array }): void;
  runInput(input: Float32Array): Float32Array;
}

// The browser's build: the other one needs a graphics library to be compiled.
const brain = peer<{ NeuralNetwork: new (options: object) => Net }>("brain.js/dist/browser.js");
let material: Material<Float32Array>;
let net: Net;
let next: () => Int32Array;
let targets: Float32Array[];

serve<Float32Array>({
  takes: "floats",
  load(given) {
    material = given;
    next = batches(given as Material<never>);
    const { widths, update } = given.task;
    if (update.kind !== "sgd") throw new Error("it applies Adam's bias correction a step late");
    const classes = widths.at(-1)!;
    net = new brain.NeuralNetwork({
      inputSize: widths[0],
      hiddenLayers: widths.slice(1, -1),
      outputSize: classes,
      activation: "relu",
    });
    net.sizes = [...widths];
    net.initialize();
    // Its rate is for single examples, not for the mean of a batch; its setter refuses no momentum.
    const learningRate = update.learningRate / given.task.batch;
    Object.assign(net.trainOpts, { learningRate, momentum: update.momentum });
    for (const [k, { W, b }] of given.layers.entries()) {
      const columns = widths[k]!;
      for (const [r, w] of net.weights[k + 1]!.entries())
        w.set(W.subarray(r * columns, (r + 1) * columns));
      net.biases[k + 1]!.set(b);
    }
    targets = Array.from({ length: classes }, (_, c) => {
      const target = new Float32Array(classes);
      target[c] = 1;
      return target;
    });
    return {
      library: versionOf("brain.js"),
      products: "plain JavaScript, float32 arrays",
      threads: "1",
    };
  },
  steps(count) {
    const { train } = material;
    for (let step = 0; step < count; step++)
      for (const row of next())
        net.trainPattern({
          input: train.x.subarray(row * train.columns, (row + 1) * train.columns),
          output: targets[train.y[row]!]!,
        });
  },
  predict(rows) {
    const { test, task } = material;
    const classes = task.widths.at(-1)!;
    const outputs = new Float32Array(rows * classes);
    for (let r = 0; r < rows; r++)
      outputs.set(
        net.runInput(test.x.subarray(r * test.columns, (r + 1) * test.columns)),
        r * classes,
      );
    return outputs;
  },
});
