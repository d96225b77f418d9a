import { tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import {
  adam,
  chain,
  clipByGlobalNorm,
  scaleByAdam,
  scaleByLearningRate,
} from "@feedforward/optim";
import {
  type Backend,
  type Buffer,
  type Examples,
  type FloatArray,
  products,
  reference,
  uniform,
} from "@feedforward/tensor";
import { expect, test } from "vitest";
import {
  accuracy,
  dense,
  dropout,
  evaluate,
  mlp,
  type Network,
  type Optimizer,
  predict,
  train,
} from "./index.ts";

/** A backend like a GPU's: its memory is not the host's, and work waits in a queue until a pull. */
const device: Backend = {
  name: "device",
  open(dtype, layout) {
    const copies = new Map<Buffer, Buffer>();
    const queue: (() => void)[] = [];
    const { session, buffers } = reference.open(dtype, (zeros) =>
      layout((length, kind) => {
        const host = zeros(length, kind);
        if (host instanceof Float32Array || host instanceof Float64Array) host.fill(Number.NaN);
        copies.set(host, zeros(length, kind));
        return host;
      }),
    );
    const there = <B>(host: B): B => (copies.get(host as Buffer) ?? host) as B;
    const queued =
      <A extends unknown[]>(operation: (...args: A) => void) =>
      (...args: A): void => {
        queue.push(() => operation(...(args.map(there) as A)));
      };
    return {
      buffers,
      session: {
        ...session,
        call: (f, ...args) => queued(f as never)(...args),
        nt: queued(products.nt),
        nn: queued(products.nn),
        tn: queued(products.tn),
        push: (...hosts) => {
          for (const host of hosts) {
            const written = host.slice();
            queue.push(() => (copies.get(host) as FloatArray).set(written));
          }
        },
        pull: async (...hosts) => {
          await new Promise((resolve) => setTimeout(resolve));
          for (const operation of queue.splice(0)) operation();
          for (const host of hosts) (host as FloatArray).set(copies.get(host) as FloatArray);
        },
      },
    };
  },
};

const data = uniform(new Float32Array(40), { seed: 1, stream: 0, counter: 0 });
const examples: Examples<Int32Array> = {
  x: { shape: [20, 2], data },
  y: Int32Array.from({ length: 20 }, (_, r) => (data[2 * r]! > data[2 * r + 1]! ? 1 : 0)),
};
const small = (): Network => mlp(2, [dense(4, tanh), dropout(0.2), dense(2)], { seed: 1 });
const weightsOf = (net: Network): FloatArray[] =>
  net.layers.flatMap(({ params }) => params.map(({ data }) => data.slice()));
const evaluation = { loss: softmaxCrossEntropy(), metrics: [accuracy] };

const optimizers: readonly Optimizer<unknown>[] = [
  adam({ learningRate: 0.01 }),
  chain(clipByGlobalNorm(0.1), scaleByAdam(), scaleByLearningRate(0.01)),
];
test.each(optimizers)(
  "train() and evaluate() give the same numbers on a backend with memory of its own",
  async (optimizer) => {
    const [here, there] = [small(), small()];
    const options = {
      ...evaluation,
      optimizer,
      epochs: 3,
      batchSize: 8,
      validation: examples,
      progressEvery: 2,
      earlyStopping: { patience: 3 },
    };
    const plain = train(here, examples, { ...options, backend: reference });
    for await (const { samplesPerSecond: _, ...report } of train(there, examples, {
      ...options,
      backend: device,
    })) {
      const { value } = await plain.next();
      expect(value).toMatchObject(report);
      expect(there.layers.map(({ params }) => params)).toEqual(
        here.layers.map(({ params }) => params),
      );
    }
    expect((await plain.next()).done).toBe(true);
    expect(await evaluate(there, examples, { ...evaluation, backend: device })).toEqual(
      await evaluate(here, examples, { ...evaluation, backend: reference }),
    );
  },
);

test("an aborted run waits for the weights of its last step", async () => {
  const [here, there] = [small(), small()];
  const options = {
    ...evaluation,
    optimizer: adam({ learningRate: 0.01 }),
    epochs: 1,
    batchSize: 8,
  };
  const seen: FloatArray[][] = [];
  for await (const _ of train(here, examples, {
    ...options,
    progressEvery: 1,
    backend: reference,
  }))
    seen.push(weightsOf(here));
  const controller = new AbortController();
  const { signal } = controller;
  let steps = 0;
  const metric = {
    name: "aborting",
    ofClasses: () => {
      if (++steps === 2) controller.abort();
      return 0;
    },
  };
  const aborted = { ...options, signal, metrics: [metric], backend: device };
  for await (const _ of train(there, examples, aborted));
  expect(weightsOf(there)).toEqual(seen[1]);
});

test("predict() refuses a backend that it would have to wait for", () => {
  expect(() =>
    predict(small(), examples.x, { backend: device }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: predict() expects a backend that computes at once, but device does not: call evaluate(), which waits]`,
  );
});

test("train() passes on what the backend says when it is lost, and keeps the last weights", async () => {
  let pulls = 0;
  const lost: Backend = {
    name: "lost",
    open: (dtype, layout) => {
      const opened = reference.open(dtype, layout);
      const pull = async (): Promise<void> => {
        if (++pulls > 5) throw new Error("device lost");
      };
      return { ...opened, session: { ...opened.session, pull } };
    },
  };
  const net = small();
  const optimizer = adam({ learningRate: 0.01 });
  const run = train(net, examples, {
    ...evaluation,
    optimizer,
    epochs: 9,
    batchSize: 8,
    backend: lost,
  });
  await run.next();
  const weights = structuredClone(net.layers.map(({ params }) => params));
  await expect(run.next()).rejects.toThrow("device lost");
  expect(net.layers.map(({ params }) => params)).toEqual(weights);
});
