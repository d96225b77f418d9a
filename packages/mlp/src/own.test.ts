import { type Activation, relu, tanh } from "@feedforward/activations";
import { products, reference } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import {
  dense,
  gradientCheck,
  type Layer,
  type LayerBuffers,
  type Loss,
  mlp,
  type Network,
  type Optimizer,
  train,
} from "./index.ts";

// Everything here is what a user would write: no kernel, nothing but what the package exports.
type FloatArray = LayerBuffers["out"];

/** x / (1 + |x|) */
const softsign: Activation = {
  name: "softsign",
  g: (a) => a / (1 + Math.abs(a)),
  dg: (a) => 1 / (1 + Math.abs(a)) ** 2,
  gain: 1,
  range: [-1, 1],
};

interface PRelu extends LayerBuffers {
  readonly slope: FloatArray;
  readonly gradSlope: FloatArray;
  readonly width: number;
}

/** max(0, x) + slope min(0, x), with a slope for each unit, which is learned. */
function prelu(): Layer<PRelu> {
  const forward = (out: FloatArray, x: FloatArray, slope: FloatArray, rows: number): void => {
    for (let i = 0; i < rows * slope.length; i++)
      out[i] = x[i]! > 0 ? x[i]! : slope[i % slope.length]! * x[i]!;
  };
  const gradOfSlope = (
    grad: FloatArray,
    gradOut: FloatArray,
    x: FloatArray,
    rows: number,
  ): void => {
    grad.fill(0);
    for (let i = 0; i < rows * grad.length; i++)
      grad[i % grad.length]! += x[i]! > 0 ? 0 : gradOut[i]! * x[i]!;
  };
  const gradOfX = (
    gradX: FloatArray,
    gradOut: FloatArray,
    x: FloatArray,
    slope: FloatArray,
    rows: number,
  ): void => {
    for (let i = 0; i < rows * slope.length; i++)
      gradX[i] = gradOut[i]! * (x[i]! > 0 ? 1 : slope[i % slope.length]!);
  };
  return {
    name: "prelu",
    options: {},
    outputs: (inputs) => inputs,
    parameters: (inputs) => [
      { name: "slope", shape: [inputs], initialise: (slope) => slope.fill(0.25) },
    ],
    layout: (zeros, batch, width) => {
      const slope = zeros(width, "float");
      const gradSlope = zeros(width, "float");
      const out = zeros(batch * width, "float");
      return { slope, gradSlope, width, out, params: [slope], grads: [gradSlope] };
    },
    forward: (session, at, x, rows) => session.call(forward, at.out, x, at.slope, rows),
    backward: (session, at, x, rows, gradOut, gradX) => {
      session.call(gradOfSlope, at.gradSlope, gradOut, x, rows);
      if (gradX) session.call(gradOfX, gradX, gradOut, x, at.slope, rows);
    },
  };
}

/** |a - y|^3 / 3, mean over the rows; gradient (a - y) |a - y| / rows. */
const cubed: Loss = {
  lossName: "cubed",
  ofValues: (grad, loss, a, y, rows, columns) => {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) {
      const residual = a[i]! - y[i]!;
      sum += Math.abs(residual) ** 3 / 3;
      grad[i] = (residual * Math.abs(residual)) / rows;
    }
    loss[0] = sum / rows;
  },
  check: () => {},
};

/** Rprop without its safeguards: each weight has a step of its own, and follows the gradient's sign. */
const rprop: Optimizer<{ sizes: FloatArray[]; signs: FloatArray[] }> = {
  init: (params, zeros = (like) => like.slice().fill(0)) => ({
    sizes: params.map(({ data }) => zeros(data)),
    signs: params.map(({ data }) => zeros(data)),
  }),
  step: (params, grads, { sizes, signs }, call = (f, ...args) => f(...args)) => {
    const update = (w: FloatArray, grad: FloatArray, size: FloatArray, sign: FloatArray): void => {
      for (let i = 0; i < w.length; i++) {
        const now = Math.sign(grad[i]!);
        const before = size[i] || 0.01;
        size[i] = now * sign[i]! < 0 ? before / 2 : Math.min(before * 1.2, 0.1);
        sign[i] = now;
        w[i]! -= now * size[i]!;
      }
    };
    params.forEach(({ data }, i) => {
      call(update, data, grads[i]!, sizes[i]!, signs[i]!);
    });
  },
};

const x = {
  shape: [10, 2],
  data: Float32Array.from({ length: 20 }, (_, i) => ((i * 7) % 13) / 6 - 1),
} as const;
/** A product of the two columns: no linear function. */
const y = {
  shape: [10, 1],
  data: Float32Array.from({ length: 10 }, (_, i) => x.data[2 * i]! * x.data[2 * i + 1]!),
} as const;
const layers = [
  dense(6, softsign),
  prelu(),
  dense(5, { ...tanh, g: (a) => Math.tanh(a) }),
  dense(1),
];

describe("a layer, activation, loss and optimizer of one's own", () => {
  test("pass the gradient check", () => {
    const net = mlp(2, [dense(3, softsign), prelu(), dense(2, relu), dense(1)], { seed: 4 });
    const loss: Parameters<typeof gradientCheck<typeof y>>[2]["loss"] = (a) => {
      const grad = a.data.slice();
      const value = new Float64Array(1);
      cubed.ofValues?.(grad, value, a.data, Float64Array.from(y.data), 10, 1);
      return { loss: value[0]!, grad: { shape: a.shape, data: grad } };
    };
    expect(gradientCheck(net, { x, y }, { loss }).error).toBeLessThan(1e-6);
  });

  test.each(["float32", "float64"] as const)(
    "train on any backend, to the same bits in %s",
    async (dtype) => {
      const run = async (backend = reference): Promise<[Network, number[]]> => {
        const net = mlp(2, layers, { seed: 4, dtype });
        const losses: number[] = [];
        const options = { loss: cubed, optimizer: rprop, epochs: 60, batchSize: 10, backend };
        for await (const { loss } of train(net, { x, y }, options)) losses.push(loss);
        return [net, losses];
      };
      const [net, losses] = await run();
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 100);
      expect(await run(guard(products))).toEqual([net, losses]);
      expect(net.layers[1]?.params[0]?.data).not.toEqual(new Float32Array(6).fill(0.25));
    },
  );

  test("train among the kernels of wasm()", async () => {
    const net = mlp(2, layers, { seed: 4 });
    const losses: number[] = [];
    const options = { loss: cubed, optimizer: rprop, epochs: 60, batchSize: 10, backend: wasm() };
    for await (const { loss } of train(net, { x, y }, options)) losses.push(loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 100);
  });
});
