import { relu, sigmoid } from "@feedforward/activations";
import { meanSquaredError, sigmoidCrossEntropy, softmaxCrossEntropy } from "@feedforward/losses";
import { adam, chain, clipByGlobalNorm, scaleByLearningRate, sgd, trace } from "@feedforward/optim";
import {
  type Backend,
  type Buffer,
  type Dtype,
  type FloatArray,
  normal,
  products,
  reference,
  type Session,
} from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { backward, dense, dropout, forward, mlp, type Optimizer, predict, train } from "./index.ts";

/**
 * A backend whose memory the host cannot see: what is not pushed never arrives there, and what is
 * not pulled stays what it was. One that waits pulls after a while.
 */
function distant({ waits }: { readonly waits: boolean }): Backend {
  return {
    name: "distant",
    open(dtype, layout) {
      const twins = new Map<Buffer, Buffer>();
      const { buffers, session } = reference.open(dtype, (zeros) =>
        layout((length, kind) => {
          const here = zeros(length, kind);
          twins.set(here, zeros(length, kind));
          return here;
        }),
      );
      const there = <B extends Buffer | number | undefined>(here: B): B =>
        typeof here === "object" ? (twins.get(here) as B) : here;
      const pullAll = (wanted: readonly Buffer[]): void => {
        for (const here of wanted) here.set(there(here));
      };
      const remote: Session = {
        bytes: session.bytes,
        call: (f, ...args) => f(...(args.map(there) as unknown as typeof args)),
        nt: (c, a, b, m, n, k, bias) =>
          bias
            ? products.nt(there(c), there(a), there(b), m, n, k, there(bias))
            : products.nt(there(c), there(a), there(b), m, n, k),
        nn: (c, a, b, m, n, k) => products.nn(there(c), there(a), there(b), m, n, k),
        tn: (c, a, b, m, n, k, beta) => products.tn(there(c), there(a), there(b), m, n, k, beta),
        push: (...written) => {
          for (const here of written) there(here).set(here);
        },
        pull: (...wanted) => {
          if (!waits) return pullAll(wanted) as undefined;
          return Promise.resolve().then(() => pullAll(wanted));
        },
      };
      return { buffers, session: remote };
    },
  };
}

const ROWS = 14;
const numbers = (length: number, stream: number): FloatArray =>
  normal(new Float32Array(length), { seed: 1, stream, counter: 0 });
const x = { shape: [ROWS, 3], data: numbers(ROWS * 3, 1) } as const;
const classes = Int32Array.from({ length: ROWS }, (_, i) => (i * 5) % 3);
const values = { shape: [ROWS, 3], data: numbers(ROWS * 3, 2) } as const;
const bits = {
  shape: [ROWS, 3],
  data: Float32Array.from({ length: ROWS * 3 }, (_, i) => i % 2),
} as const;
const make = (dtype: Dtype) =>
  mlp(3, [dense(7, relu), dropout(0.4), dense(5, sigmoid), dense(3)], { seed: 8, dtype });

const optimizers: Readonly<Record<string, Optimizer<unknown>>> = {
  sgd: sgd({ learningRate: 0.1, weightDecay: 0.01 }),
  momentum: sgd({ learningRate: 0.05, momentum: 0.9 }),
  nesterov: sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  adam: adam({ learningRate: 0.01, weightDecay: 0.01 }),
  chain: chain(clipByGlobalNorm(0.5), trace({ momentum: 0.9 }), scaleByLearningRate(0.1)),
};

/** Weights and losses after 20 steps, four to an epoch, the last of two rows. */
async function twentySteps(
  backend: Backend,
  dtype: Dtype,
  optimizer: Optimizer<unknown>,
  target = "classes",
): Promise<unknown> {
  const net = make(dtype);
  const options = { optimizer, epochs: 5, batchSize: 4, backend };
  const run = {
    classes: () => train(net, { x, y: classes }, { ...options, loss: softmaxCrossEntropy() }),
    values: () => train(net, { x, y: values }, { ...options, loss: meanSquaredError() }),
    bits: () => train(net, { x, y: bits }, { ...options, loss: sigmoidCrossEntropy() }),
  }[target]!();
  const losses: number[] = [];
  let steps = 0;
  for await (const report of run) {
    losses.push(report.loss);
    steps = report.step;
  }
  expect(steps).toBe(20);
  return { losses, weights: net.layers.map(({ params }) => params) };
}

describe.each(["float32", "float64"] as const)("the same seed, in %s", (dtype) => {
  test.each(Object.entries(optimizers))(
    "gives the same bits with %s on every backend",
    async (_name, optimizer) => {
      const expected = await twentySteps(reference, dtype, optimizer);
      expect(await twentySteps(reference, dtype, optimizer)).toEqual(expected);
      expect(await twentySteps(guard(products), dtype, optimizer)).toEqual(expected);
      expect(await twentySteps(distant({ waits: false }), dtype, optimizer)).toEqual(expected);
      expect(await twentySteps(distant({ waits: true }), dtype, optimizer)).toEqual(expected);
    },
  );

  test.each(["values", "bits"])("gives the same bits for targets that are %s", async (target) => {
    const optimizer = optimizers.adam!;
    const expected = await twentySteps(reference, dtype, optimizer, target);
    expect(await twentySteps(guard(products), dtype, optimizer, target)).toEqual(expected);
    expect(await twentySteps(distant({ waits: true }), dtype, optimizer, target)).toEqual(expected);
  });

  test.each([
    ["floats", x],
    ["bytes", { shape: x.shape, data: Uint8Array.from(x.data, (value) => 50 * value + 100) }],
  ])(
    "gives the same passes and predictions where the host cannot see the memory, of %s",
    (_, x) => {
      const found = [reference, distant({ waits: false })].map((backend) => {
        const standardiser = { mean: Float64Array.of(1, 2, 3), std: Float64Array.of(4, 5, 6) };
        const net = { ...make(dtype), standardiser };
        const pass = forward(net, x, { training: true, step: 3, backend });
        const gradients = backward(pass, values);
        return { a: pass.a, h: pass.h, gradients, prediction: predict(net, x, { backend }) };
      });
      expect(found[1]).toEqual(found[0]);
    },
  );
});
