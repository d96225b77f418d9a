import { type Activation, relu, sigmoid, tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam, type Optimizer, sgd } from "@feedforward/optim";
import type { Dtype, Matrix } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import golden from "./golden/golden.json" with { type: "json" };
import { backward, dense, forward, mlp, type Network } from "./index.ts";

const activations: Readonly<Record<string, Activation>> = { relu, tanh, sigmoid };
const optimizers: Readonly<Record<string, Optimizer<unknown>>> = {
  sgd: sgd({ learningRate: 0.1 }),
  momentum: sgd({ learningRate: 0.1, momentum: 0.9 }),
  nesterov: sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  adam: adam({ learningRate: 0.01 }),
};
const loss = softmaxCrossEntropy();
const [inputs = 0, ...units] = golden.widths;

/** The network of golden.py, with its weights. */
function network(g: Activation, dtype: Dtype): Network {
  const layers = units.map((n, k) => dense(n, k < units.length - 1 ? g : undefined));
  const net = mlp(inputs, layers, { dtype });
  net.layers.forEach(({ params }, k) => {
    params.forEach(({ data }, i) => {
      data.set(golden.params[k]![i]!);
    });
  });
  return net;
}

/** Rows `start` to `end` of the examples. */
const batch = (start: number, end: number): { x: Matrix; y: Int32Array } => ({
  x: {
    shape: [end - start, inputs],
    data: Float64Array.from(golden.x.slice(start * inputs, end * inputs)),
  },
  y: Int32Array.from(golden.y.slice(start, end)),
});

test("every activation and optimizer of golden.py is tested", () => {
  expect(Object.keys(golden.passes)).toEqual(Object.keys(activations));
  for (const byOptimizer of Object.values(golden.losses))
    expect(Object.keys(byOptimizer)).toEqual(Object.keys(optimizers));
});

// Float32 carries 24 bits: one rounding is 6e-8, and the sums of up to 7 terms that cancel lose a
// digit more. Entries near 0 keep the rounding of what cancelled, hence the absolute part.
describe.each([
  ["float64", { relative: 1e-12, absolute: 1e-14 }, 1e-11],
  ["float32", { relative: 2e-6, absolute: 3e-7 }, 2e-6],
] as const)("PyTorch's network 5-7-6-3 in %s", (dtype, tolerance, lossTolerance) => {
  describe.each(Object.entries(activations))("with %s", (name, g) => {
    const expected = golden.passes[name as keyof typeof golden.passes];
    const trajectories: Readonly<Record<string, readonly number[]>> =
      golden.losses[name as keyof typeof golden.losses];

    test("forward() gives every a(k) and h(k), and the loss", () => {
      const { x, y } = batch(0, golden.y.length);
      const { a, h } = forward(network(g, dtype), x);
      expect(a).toHaveLength(expected.a.length);
      expect(h).toHaveLength(expected.h.length);
      a.forEach((ak, k) => {
        expectAllClose(ak!.data, expected.a[k]!, tolerance);
      });
      h.forEach((hk, k) => {
        expectAllClose(hk.data, expected.h[k]!, tolerance);
      });
      expectAllClose([loss(h.at(-1)!, y).loss], [expected.loss], { relative: lossTolerance });
    });

    test("backward() gives the gradient of every W and b, and of the input", () => {
      const { x, y } = batch(0, golden.y.length);
      const pass = forward(network(g, dtype), x);
      const gradients = backward(pass, loss(pass.h.at(-1)!, y).grad);
      expect(gradients.layers).toHaveLength(expected.grads.length);
      gradients.layers.forEach((tensors, k) => {
        expect(tensors).toHaveLength(2);
        tensors.forEach(({ data }, i) => {
          expectAllClose(data, expected.grads[k]![i]!, tolerance);
        });
      });
      expectAllClose(gradients.x.data, expected.gradX, tolerance);
    });

    test.each(Object.entries(optimizers))(
      "ten steps of %s have the same losses",
      (rule, optimizer) => {
        const net = network(g, dtype);
        const params = net.layers.flatMap((layer) => layer.params);
        const state = optimizer.init(params);
        const losses = trajectories[rule]!.map((_, step) => {
          const [start = 0, end = 0] = golden.batches[step % golden.batches.length]!;
          const { x, y } = batch(start, end);
          const pass = forward(net, x);
          const { loss: value, grad } = loss(pass.h.at(-1)!, y);
          const grads = backward(pass, grad).layers.flat();
          optimizer.step(
            params,
            grads.map(({ data }) => data),
            state,
          );
          return value;
        });
        expectAllClose(losses, trajectories[rule]!, { relative: lossTolerance });
      },
    );
  });
});
