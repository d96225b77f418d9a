import { readFileSync } from "node:fs";
import { relu } from "@feedforward/activations";
import { pixelScale } from "@feedforward/data";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, mlp, type Network, predictor, train } from "@feedforward/mlp";
import { adam, sgd } from "@feedforward/optim";
import { type Backend, type Rows, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import type { Task } from "../src/protocol.ts";
import { type Data, type Material, serve } from "./serve.ts";

// Everything through the public interface, as a user trains: `train`, pulled report by report.

const backends: Readonly<Record<string, (threads: number) => Promise<Backend>>> = {
  reference: async () => reference,
  wasm: async (threads) => wasm({ threads }),
  "wasm-portable": async (threads) => wasm({ threads, deterministic: "portable" }),
};
const [backendName, threads] = process.argv.slice(2) as [string, string];

let backend: Backend;
let net: Network;
let material: Material<Uint8Array | Float32Array>;
let run: ReturnType<typeof startRun> | undefined;
let step = 0;
const predictors = new Map<number, ReturnType<typeof predictor>>();

function networkOf({ widths, train: { kind, columns } }: Task): Network {
  const [inputs, ...outputs] = widths as [number, ...number[]];
  const last = outputs.length - 1;
  return mlp(
    inputs,
    outputs.map((width, k) => (k < last ? dense(width, relu) : dense(width))),
    { seed: 1, ...(kind === "uint8" && { standardiser: pixelScale(columns) }) },
  );
}

const rowsOf = ({ x, rows, columns }: Data<Uint8Array | Float32Array>, count = rows): Rows => ({
  shape: [count, columns],
  data: x.subarray(0, count * columns),
});

function startRun(progressEvery: number) {
  const { task, train: part } = material;
  const { update, batch } = task;
  const examples = { x: rowsOf(part), y: part.y };
  const options = {
    loss: softmaxCrossEntropy(),
    batchSize: batch,
    epochs: 1_000_000,
    progressEvery,
    backend,
  };
  return update.kind === "sgd"
    ? train(net, examples, { ...options, optimizer: sgd(update) })
    : train(net, examples, { ...options, optimizer: adam(update) });
}

serve<Uint8Array | Float32Array>({
  takes: "raw",
  async load(given) {
    material = given;
    backend = await backends[backendName]!(Number(threads));
    net = networkOf(given.task);
    for (const [k, { W, b }] of given.layers.entries()) {
      net.layers[k]!.params[0]!.data.set(W);
      net.layers[k]!.params[1]!.data.set(b);
    }
    const mlpPackage = new URL("../package.json", import.meta.resolve("@feedforward/mlp"));
    const { version } = JSON.parse(readFileSync(mlpPackage, "utf8")) as { version: string };
    return { library: `feedforward ${version}`, products: `${backend.name} backend`, threads };
  },
  // A report copies the weights out, so there is one for each slice. A new run begins from the weights
  // reached, with a fresh optimizer.
  async prepare(steps) {
    await run?.return();
    run = startRun(steps);
    step = 0;
  },
  async steps(count) {
    predictors.clear();
    for (const end = step + count; step < end; ) {
      const { value } = await run!.next();
      step = value!.step;
    }
  },
  predict(rows) {
    const one = predictors.get(rows) ?? predictor(net, { batchSize: Math.min(rows, 256), backend });
    predictors.set(rows, one);
    return one(rowsOf(material.test, rows)).probabilities.data;
  },
});
