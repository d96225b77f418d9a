import { sigmoid } from "@feedforward/activations";
import {
  type Backend,
  type FloatArray,
  floatArray,
  type Matrix,
  type Rows,
  softmaxRows,
} from "@feedforward/tensor";
import { classOf } from "../accuracy.ts";
import { checkRows } from "../check-examples.ts";
import { elementWise } from "../element-wise.ts";
import { expectPositiveInteger } from "../expectations.ts";
import { feedInputs } from "../feed.ts";
import type { Network } from "../network.ts";
import { type MutablePass, propagate } from "../passes.ts";
import type { PredictorOptions as AnyPredictorOptions } from "../predictor.ts";
import { refuse } from "../refuse.ts";
import { copyIn, layOut } from "../workspace.ts";

/** What a network says about rows. */
export interface Prediction<Label extends string = never> {
  /** a(L+1), [rows, outputs]: logits, or the values of a regression. */
  readonly outputs: Matrix;
  /** f(x), [rows, outputs]: the softmax of the outputs; of a single output, its sigmoid. */
  readonly probabilities: Matrix;
  /** The most probable class of each row, the first of equals; of a single output 1 where it is above 0, else 0. */
  readonly classes: Int32Array;
  /** The name of each row's class, where the network has labels. */
  readonly labels?: readonly Label[];
}

/** The options of predictor(), and what executes it. */
export interface PredictorOptions extends AnyPredictorOptions {
  readonly backend: Backend;
}

/** `predictor` of @feedforward/mlp, on a backend that is always named. */
export function predictor<Label extends string>(
  net: Network<Label>,
  { batchSize = 1, backend }: PredictorOptions,
): (x: Rows) => Prediction<Label> {
  expectPositiveInteger("predictor", "batchSize", batchSize);
  const predictRows = layOutPredictor("predictor", net, batchSize, backend);
  return (x) => {
    checkRows("predictor", "x", net, x);
    return predictRows(x);
  };
}

/** A predictor for rows that `caller` has checked. */
export function layOutPredictor<Label extends string>(
  caller: string,
  net: Network<Label>,
  batchSize: number,
  backend: Backend,
): (x: Rows) => Prediction<Label> {
  const { session, buffers: work } = backend.open(net.dtype, (zeros) =>
    layOut(net, zeros, batchSize),
  );
  copyIn(net, session, work);
  const batch = new Int32Array(batchSize);
  const pass: MutablePass = { training: false, seed: net.seed, step: 0, layer: 0 };
  const columns = net.outputs;
  return (x) => {
    const rows = x.shape[0];
    const outputs = floatArray(net.dtype, rows * columns);
    const a = work.at.at(-1)!.out;
    for (let start = 0; start < rows; start += batchSize) {
      const count = Math.min(batchSize, rows - start);
      for (let r = 0; r < count; r++) batch[r] = start + r;
      feedInputs(session, net, work, batch, x, count);
      propagate(net, session, work, count, pass);
      if (session.pull(a))
        refuse(
          TypeError,
          caller,
          "a backend that computes at once",
          `${backend.name} does not: call evaluate(), which waits`,
        );
      outputs.set(a.subarray(0, count * columns), start * columns);
    }
    return predictionOf(net, outputs, rows);
  };
}

function predictionOf<Label extends string>(
  { outputs: columns, labels, dtype }: Network<Label>,
  outputs: FloatArray,
  rows: number,
): Prediction<Label> {
  const probabilities = floatArray(dtype, rows * columns);
  if (columns === 1) sigmoids.activate(probabilities, outputs, rows);
  else softmaxRows(probabilities, outputs, rows, columns);
  const classes = new Int32Array(rows);
  for (let r = 0; r < rows; r++) classes[r] = classOf(outputs, r, columns, 0);
  return {
    outputs: { shape: [rows, columns], data: outputs },
    probabilities: { shape: [rows, columns], data: probabilities },
    classes,
    ...(labels && { labels: Array.from(classes, (c) => labels[c]!) }),
  };
}

const sigmoids = /* @__PURE__ */ elementWise(sigmoid);
