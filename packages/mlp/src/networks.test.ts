import * as activations from "@feedforward/activations";
import * as losses from "@feedforward/losses";
import { type Matrix, normal, softmax, softmaxBackward, type Targets } from "@feedforward/tensor";
import { expectAllClose, numericGradient } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { backward, dense, dropout, forward, gradientCheck, mlp, type Network } from "./index.ts";

const ROWS = 4;
const x: Matrix = {
  shape: [ROWS, 3],
  data: Float64Array.of(0.5, -1.2, 0.3, -0.7, 0.9, 1.4, 0.1, 0.6, -0.8, -1.1, -0.2, 0.7),
};
const matrix = (columns: number, ...data: number[]): Matrix => ({
  shape: [ROWS, columns],
  data: Float64Array.from(data),
});

interface Case {
  readonly label: string;
  readonly outputs: number;
  readonly y: Targets;
  readonly loss: (a: Matrix, y: never) => { readonly loss: number; readonly grad: Matrix };
}

const classes = Int32Array.of(2, 0, 1, 1);
const binary = Int32Array.of(1, 0, 0, 1);
const probabilities = matrix(3, 0.2, 0.3, 0.5, 1, 0, 0, 0.1, 0.8, 0.1, 0.25, 0.25, 0.5);
const values = matrix(3, 1, -2, 0.5, 0, 3, -1, 2, 2, -0.5, 1.5, -1, 0);

/** The slides' two steps: the loss of the probabilities, then through the softmax. */
function ofSoftmax(loss: losses.Loss<Int32Array>): Case["loss"] {
  return (a, y) => {
    const f = softmax(a);
    const { loss: value, grad } = loss(f, y);
    return { loss: value, grad: softmaxBackward(f, grad) };
  };
}

/** A loss of a user's own: the mean of log cosh(a - y). */
const logCosh = losses.makeLoss("logCosh", {
  ofValues: (grad, loss, a, y, rows, columns) => {
    const count = rows * columns;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += Math.log(Math.cosh(a[i]! - y[i]!));
      grad[i] = Math.tanh(a[i]! - y[i]!) / count;
    }
    loss[0] = sum / count;
  },
});

// Every export of @feedforward/losses, with every kind of targets: one more is a type error here.
const cases: Readonly<Record<keyof typeof losses, readonly Case[]>> = {
  softmaxCrossEntropy: [
    { label: "classes", outputs: 3, y: classes, loss: losses.softmaxCrossEntropy() },
    { label: "probabilities", outputs: 3, y: probabilities, loss: losses.softmaxCrossEntropy() },
    {
      label: "smoothed classes",
      outputs: 3,
      y: classes,
      loss: losses.softmaxCrossEntropy({ labelSmoothing: 0.2 }),
    },
    {
      label: "smoothed probabilities",
      outputs: 3,
      y: probabilities,
      loss: losses.softmaxCrossEntropy({ labelSmoothing: 0.2 }),
    },
  ],
  sigmoidCrossEntropy: [
    { label: "classes", outputs: 1, y: binary, loss: losses.sigmoidCrossEntropy() },
    { label: "probabilities", outputs: 3, y: probabilities, loss: losses.sigmoidCrossEntropy() },
  ],
  meanSquaredError: [{ label: "values", outputs: 3, y: values, loss: losses.meanSquaredError() }],
  negativeLogLikelihood: [
    {
      label: "classes, of the softmax",
      outputs: 3,
      y: classes,
      loss: ofSoftmax(losses.negativeLogLikelihood()),
    },
  ],
  makeLoss: [{ label: "values, log cosh", outputs: 3, y: values, loss: logCosh }],
};

const everyActivation = Object.values(activations).map((it) =>
  typeof it === "function" ? it() : it,
);

const table = everyActivation.flatMap((g) =>
  Object.entries(cases).flatMap(([name, list]) =>
    list.map((item) => ({ ...item, g, title: `${g.name}, ${name} of ${item.label}` })),
  ),
);

/** Three layers with parameters, dropout between them. Biases are not 0: a(k) of a row of silent units is no kink. */
function network(g: activations.Activation, outputs: number): Network {
  const layers = [dense(5, g), dropout(0.3), dense(4, g), dense(outputs)];
  const net = mlp(3, layers, { seed: 21, dtype: "float64" });
  for (const [stream, { params }] of net.layers.entries())
    if (params[1]) normal(params[1].data, { seed: 1, stream, counter: 0 });
  return net;
}

describe.each(table)("$title", ({ g, outputs, y, loss }) => {
  const net = network(g, outputs);

  test("gradientCheck() finds nothing", () => {
    const found = gradientCheck(net, { x, y }, { loss: loss as never });
    expect(found.error).toBeLessThan(1e-6);
    expect(found.entries).toBe(x.data.length + 5 * 3 + 5 + 4 * 5 + 4 + outputs * 4 + outputs);
    expect(found.tensors).toHaveLength(7);
  });

  test("neither does a numeric gradient of forward() alone", () => {
    const options = { training: true };
    const pass = forward(net, x, options);
    for (const a of pass.a.slice(0, -1)) // the output layer has no kink
      expect(Math.min(1, ...Array.from(a?.data ?? [], Math.abs))).toBeGreaterThan(1e-3);
    const output = (): Matrix => forward(net, x, options).h.at(-1)!;
    const value = (): number => loss(output(), y as never).loss;
    const gradients = backward(pass, loss(pass.h.at(-1)!, y as never).grad);
    const compare = (gradient: ArrayLike<number>, data: unknown): void =>
      expectAllClose(gradient, numericGradient(value, data as Float64Array), {
        relative: 1e-6,
        absolute: 1e-9,
      });
    compare(gradients.x.data, x.data);
    net.layers.forEach(({ params }, k) => {
      params.forEach(({ data }, i) => {
        compare(gradients.layers[k]![i]!.data, data);
      });
    });
  });
});
