import * as activations from "@feedforward/activations";
import {
  meanSquaredError,
  negativeLogLikelihood,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "@feedforward/losses";
import { dense, dropout } from "@feedforward/mlp";
import {
  adam,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  scaleByAdam,
  scaleByLearningRate,
  sgd,
  trace,
} from "@feedforward/optim";
import { type FloatArray, reference, type Session, softmaxRows } from "@feedforward/tensor";
import { type RecordedCall, recordedCalls } from "@feedforward/tensor/conformance";
import { whileTraining } from "../../../packages/mlp/src/draw-mask.ts";
import type { Make } from "../../../packages/tensor/src/conformance/numbers.ts";

// Every export of the package, so that none goes without its kernel; a layer leaves out `linear` itself.
const functions = [
  ...Object.values(activations).map((it) => (typeof it === "function" ? it() : { ...it })),
  activations.leakyRelu({ slope: 0.3 }),
  activations.elu({ alpha: 1.5 }),
];

const optimizers = [
  sgd({ learningRate: 0.1, weightDecay: 0.01 }),
  sgd({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 }),
  sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  adam({ weightDecay: 0.01 }),
  chain(clipByGlobalNorm(0.1), scaleByAdam(), addDecayedWeights(0.01), scaleByLearningRate(0.1)),
  chain(trace({ momentum: 0.9 }), trace({ momentum: 0.9, nesterov: true })),
];

/** Every tagged call that layers, losses and optimizers make over `rows` rows of `columns`. */
export function scenario(rows: number, columns: number, make: Make, of?: string): RecordedCall[] {
  const count = rows * columns;
  return [
    ...functions.flatMap((activation, i) =>
      layerCalls(dense(columns, activation), rows, columns, make, i, of),
    ),
    ...layerCalls(dropout(0.3), rows, columns, make, 20, of),
    ...recordedCalls((call) => {
      const a = make(count, 31, 4);
      const values = make(count, 32).map((x) => (Number.isFinite(x) ? Math.abs(x) % 1 : 0));
      const distributions = values.slice();
      softmaxRows(distributions, values, rows, columns);
      const classes = Int32Array.from({ length: rows }, (_, i) => (i * 7) % columns);
      const [grad, loss] = [make(count, 33), make(1, 34)];
      for (const labelSmoothing of [0, 0.1, 1]) {
        const { ofClasses, ofValues } = softmaxCrossEntropy({ labelSmoothing });
        call(ofClasses!, grad, loss, a, classes, rows, columns);
        call(ofValues!, grad, loss, a, distributions, rows, columns);
      }
      const sigmoidLoss = sigmoidCrossEntropy();
      if (columns === 1)
        call(
          sigmoidLoss.ofClasses!,
          grad,
          loss,
          a,
          Int32Array.from(classes, (_, i) => i % 2),
          rows,
          1,
        );
      call(sigmoidLoss.ofValues!, grad, loss, a, values, rows, columns);
      call(meanSquaredError().ofValues!, grad, loss, a, values, rows, columns);
      call(negativeLogLikelihood().ofClasses!, grad, loss, distributions, classes, rows, columns);
    }, of),
    ...recordedCalls((call) => {
      const params = [
        { shape: [rows, columns], data: make(count, 51) },
        { shape: [columns], data: make(columns, 52) },
      ];
      for (const optimizer of optimizers as {
        init: (typeof optimizers)[0]["init"];
        step: (...args: unknown[]) => void;
      }[]) {
        const state = optimizer.init(params);
        for (const step of [1, 2])
          optimizer.step(params, [make(count, 60 + step), make(columns, 70 + step)], state, call);
      }
    }, of),
  ];
}

/** What a layer calls in a step of training, in evaluation, and going back. */
function layerCalls(
  layer: ReturnType<typeof dense> | ReturnType<typeof dropout>,
  rows: number,
  inputs: number,
  make: Make,
  salt: number,
  of?: string,
): RecordedCall[] {
  return recordedCalls((call) => {
    const { session: plain, buffers: at } = reference.open("float32", (zeros) =>
      layer.layout(zeros, rows, inputs),
    );
    const session: Session = { ...plain, call };
    const x: FloatArray = make(rows * inputs, salt);
    const [gradOut, gradX] = [
      make(rows * layer.outputs(inputs), salt + 1),
      make(rows * inputs, salt + 2),
    ];
    at.params?.[0]?.set(make(at.params[0].length, salt + 3));
    for (const training of [whileTraining, false] as const) {
      layer.forward(session, at as never, x, rows, {
        training,
        seed: 3,
        step: 2 ** 20 + 5,
        layer: 1,
      });
      layer.backward(session, at as never, x, rows, gradOut, gradX);
    }
  }, of);
}
