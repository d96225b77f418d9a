import { relu } from "@feedforward/activations";
import { pixelScale } from "@feedforward/data";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, mlp, type Network, predictor, train } from "@feedforward/mlp";
import { adam, sgd } from "@feedforward/optim";
import type { Backend, Rows } from "@feedforward/tensor";
import type { Task } from "../src/protocol.ts";
import type { Data, Driver, Material } from "./answer.ts";

// Everything through the public interface, as a user trains: `train`, pulled report by report.

type Inputs = Uint8Array | Float32Array;

function networkOf({ widths, train: { kind, columns } }: Task): Network {
  const [inputs, ...outputs] = widths as [number, ...number[]];
  const last = outputs.length - 1;
  return mlp(
    inputs,
    outputs.map((width, k) => (k < last ? dense(width, relu) : dense(width))),
    { seed: 1, ...(kind === "uint8" && { standardiser: pixelScale(columns) }) },
  );
}

const rowsOf = ({ x, rows, columns }: Data<Inputs>, count = rows): Rows => ({
  shape: [count, columns],
  data: x.subarray(0, count * columns),
});

function startRun(
  net: Network,
  { task, train: part }: Material<Inputs>,
  backend: Backend,
  progressEvery: number,
) {
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

/** Trains on a backend of ours. */
export function trainerOn(backend: Backend): Driver<Inputs> {
  let net: Network;
  let material: Material<Inputs>;
  let run: ReturnType<typeof startRun> | undefined;
  let step = 0;
  const predictors = new Map<number, ReturnType<typeof predictor>>();

  return {
    takes: "raw",
    load(given) {
      material = given;
      net = networkOf(given.task);
      for (const [k, { W, b }] of given.layers.entries()) {
        net.layers[k]!.params[0]!.data.set(W);
        net.layers[k]!.params[1]!.data.set(b);
      }
      return { products: `${backend.name} backend` };
    },
    // A report copies the weights out, so there is one for each slice. A new run begins from the weights
    // reached, with a fresh optimizer.
    async prepare(steps) {
      await run?.return();
      run = startRun(net, material, backend, steps);
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
      const one =
        predictors.get(rows) ?? predictor(net, { batchSize: Math.min(rows, 256), backend });
      predictors.set(rows, one);
      return one(rowsOf(material.test, rows)).probabilities.data;
    },
  };
}
