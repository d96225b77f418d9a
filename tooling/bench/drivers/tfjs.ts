import { peer, peerFile, versionOf } from "./peer.ts";
import { batches, type Material, serve, transposed } from "./serve.ts";

// TensorFlow.js by its core operations, with the loss that is right for extreme logits.

interface Tensor {
  dataSync(): Float32Array;
}
interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy<T>(f: () => T): T;
  tensor1d(values: Int32Array, dtype: "int32"): Tensor;
  tensor2d(values: Float32Array, shape: number[]): Tensor;
  variable(initial: Tensor): Tensor;
  oneHot(indices: Tensor, depth: number): Tensor;
  gather(x: Tensor, indices: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  relu(a: Tensor): Tensor;
  softmax(a: Tensor): Tensor;
  losses: { softmaxCrossEntropy(onehot: Tensor, logits: Tensor): Tensor };
  train: Record<"sgd" | "momentum" | "adam", (...numbers: number[]) => Optimizer>;
}
interface Optimizer {
  minimize(f: () => Tensor): void;
}

const name = process.argv[2] ?? "wasm";
const tf = peer<Tfjs>("@tensorflow/tfjs-core");
peer("@tensorflow/tfjs-layers"); // it registers the gradients; nothing else of it is used
const backend = peer<{ setWasmPaths?(folder: string): void }>(`@tensorflow/tfjs-backend-${name}`);
let material: Material<Float32Array>;
let layers: { W: Tensor; b: Tensor }[];
let optimizer: Optimizer;
let train: { x: Tensor; y: Tensor };
let next: () => Int32Array;

const logits = (x: Tensor): Tensor =>
  layers.reduce((h, { W, b }, k) => {
    const a = tf.add(tf.matMul(h, W), b);
    return k < layers.length - 1 ? tf.relu(a) : a;
  }, x);

serve<Float32Array>({
  takes: "floats",
  async load(given) {
    material = given;
    next = batches(given as Material<never>);
    backend.setWasmPaths?.(`${peerFile("@tensorflow/tfjs-backend-wasm/dist")}/`);
    if (!(await tf.setBackend(name))) throw new Error(`tfjs has no backend ${name}`);
    await tf.ready();
    const { widths, update } = given.task;
    const matrix = (x: Float32Array, rows: number): Tensor =>
      tf.tensor2d(x, [rows, x.length / rows]);
    layers = given.layers.map(({ W, b }, k) => ({
      W: tf.variable(matrix(transposed(W, b.length, widths[k]!), widths[k]!)),
      b: tf.variable(matrix(b, 1)),
    }));
    train = {
      x: matrix(given.train.x, given.train.rows),
      y: tf.oneHot(tf.tensor1d(given.train.y, "int32"), widths.at(-1)!),
    };
    if (update.kind === "adam") optimizer = tf.train.adam(update.learningRate, 0.9, 0.999, 1e-8);
    else if (update.momentum > 0)
      optimizer = tf.train.momentum(update.learningRate, update.momentum);
    else optimizer = tf.train.sgd(update.learningRate);
    return {
      library: versionOf("@tensorflow/tfjs-core"),
      products: `backend ${name}`,
      threads: "1",
    };
  },
  steps(count) {
    for (let step = 0; step < count; step++)
      tf.tidy(() => {
        const rows = tf.tensor1d(next().slice(), "int32");
        const [x, y] = [tf.gather(train.x, rows), tf.gather(train.y, rows)];
        optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, logits(x)));
      });
    layers[0]!.b.dataSync(); // the work is done when it can be read
  },
  predict(rows) {
    return tf.tidy(() => {
      const { x: all, columns } = material.test;
      const x = tf.tensor2d(all.subarray(0, rows * columns), [rows, columns]);
      return tf.softmax(logits(x)).dataSync();
    });
  },
});
