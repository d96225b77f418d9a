import { relu, tanh } from "@feedforward/activations";
import { type BlasBackend, blas } from "@feedforward/blas";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, dropout, type Layer, mlp, predict, predictor, train } from "@feedforward/mlp";
import { adam, sgd } from "@feedforward/optim";
import { type Backend, type Examples, reference } from "@feedforward/tensor";
import { conformance } from "@feedforward/tensor/conformance";
import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { numbers, wildNumbers } from "../../../packages/tensor/src/conformance/numbers.ts";
import {
  kinds as allKinds,
  type Kind,
  operandsOf,
  productOn,
  type Size,
} from "../../../packages/tensor/src/conformance/product-on.ts";
import { scenario } from "./scenarios.ts";

/** The backend where the machine has a BLAS; else its tests are skipped. */
function blasOn(threads: number): BlasBackend | undefined {
  try {
    return blas({ threads });
  } catch (error) {
    if (threads === 1) console.log((error as Error).message);
    return undefined;
  }
}

const backends = [1, 2].map((threads) => ({
  name: `blas on ${threads} ${threads === 1 ? "thread" : "threads"}`,
  backend: blasOn(threads)!,
}));
const there = backends[0]!.backend !== undefined;
const kinds = Object.keys(allKinds) as Kind[];
const calls = [...scenario(7, 37, numbers), ...scenario(3, 10, wildNumbers, "of extremes")];

// Those of the conformance kit are small, and most of them left to the kernels; these are not.
const large: Size[] = [
  [1, 130, 300],
  [2, 1024, 1030],
  [31, 40, 37],
  [128, 10, 512],
  [33, 130, 530],
  [100, 300, 200],
  [520, 30, 513],
];
const wild: Size[] = [
  [1, 200, 300],
  [31, 43, 37],
  [90, 130, 110],
];

// Each library rounds in its own way: sums of k products are this close.
const reach = (k: number) => ({ relative: 1e-4, absolute: 2e-6 * Math.sqrt(k + 1) });

describe.skipIf(!there).each(backends)("on $name", ({ backend }) => {
  for (const { name, run } of there ? conformance(backend, { calls }) : []) test(name, run);

  describe.each(kinds)("%s", (kind) => {
    test.each(large)("computes its definition for %i x %i x %i", async (...size) => {
      const from = operandsOf(size);
      const wanted = await productOn(reference, kind, size, from);
      expectAllClose(await productOn(backend, kind, size, from), wanted, reach(size[2]));
    });

    test.each(wild)("lets NaN and infinities through, %i x %i x %i", async (...size) => {
      const from = operandsOf(size, wildNumbers);
      const kindOf = (x: number): string => (Number.isFinite(x) ? "finite" : String(x));
      const wanted = await productOn(reference, kind, size, from);
      const got = await productOn(backend, kind, size, from);
      expect(Array.from(got, kindOf)).toEqual(Array.from(wanted, kindOf));
    });

    test("reads nothing of what it overwrites", async () => {
      const from = operandsOf([40, 50, 60]);
      const wanted = await productOn(backend, kind, [40, 50, 60], from);
      const unset = {
        ...from,
        c: kind === "tn onto C" ? from.c : from.c.map(() => Number.NaN),
      };
      expect(await productOn(backend, kind, [40, 50, 60], unset)).toEqual(wanted);
    });

    test.each([
      [70, 131, 67, 6],
      [128, 784, 66, 7],
      [128, 784, 66, 14],
    ])(
      "computes its definition where much is zero: %i x %i x %i, all but %i of 28",
      async (m, n, k, few) => {
        const size: Size = kind.startsWith("tn") ? [m, n, k] : [k, m, n];
        const sparse = (x: Float32Array) => x.map((v, at) => ((at % n) % 28 < few ? v : 0));
        const { a, b, ...from } = operandsOf(size);
        const zeros = kind.startsWith("tn") ? { a, b: sparse(b) } : { a: sparse(a), b };
        const wanted = await productOn(reference, kind, size, { ...from, ...zeros });
        const got = await productOn(backend, kind, size, { ...from, ...zeros });
        expectAllClose(got, wanted, reach(size[2]));
      },
    );
  });

  test("an operand on the heap is multiplied all the same", () => {
    const { buffers, session } = backend.open("float32", (zeros) => zeros(64 * 64, "float"));
    const one = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 65 ? 0 : 1));
    const x = numbers(64 * 64, 1);
    session.nn(buffers, x, one, 64, 64, 64);
    expect(buffers).toEqual(x);
  });

  test("two runs at a time have memories of their own", () => {
    const [one, two] = [3, 5].map((value) => {
      const run = backend.open("float32", (zeros) => ({
        a: zeros(64 * 64, "float"),
        c: zeros(64 * 64, "float"),
      }));
      run.buffers.a.fill(value);
      return run;
    });
    for (const { session, buffers } of [one!, two!, one!])
      session.nt(buffers.c, buffers.a, buffers.a, 64, 64, 64);
    expect([one!.buffers.c[7], two!.buffers.c[7]]).toEqual([576, 1600]);
  });
});

describe.skipIf(!there).each(backends.slice(0, 1))("training on $name", ({ backend }) => {
  const digits: Examples<Int32Array> = {
    x: { shape: [200, 784], data: numbers(200 * 784, 9).map((x) => Math.max(0, x)) },
    y: Int32Array.from({ length: 200 }, (_, i) => (i * 7) % 10),
  };

  async function weightsOf(on: Backend, layers: readonly Layer[]): Promise<Float32Array[]> {
    const net = mlp(784, layers, { seed: 1 });
    const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
    const options = { loss: softmaxCrossEntropy(), optimizer, batchSize: 33, epochs: 3 };
    for await (const { loss } of train(net, digits, { ...options, backend: on }))
      expect(loss).toBeLessThan(3);
    return net.layers.flatMap(({ params }) => params.map(({ data }) => data as Float32Array));
  }

  test("784-128-10 with dropout ends with the weights that the reference gives, but for rounding", async () => {
    const layers = [dense(128, relu), dropout(0.2), dense(10)];
    const [got, wanted] = [await weightsOf(backend, layers), await weightsOf(reference, layers)];
    for (const [i, weights] of got.entries())
      expectAllClose(weights, wanted[i]!, { relative: 1e-3, absolute: 1e-4 });
  });

  test("the same seed gives the same bits, on one thread", async () => {
    const layers = [dense(300, relu), dropout(0.5), dense(100, tanh), dense(10)];
    expect(await weightsOf(backend, layers)).toEqual(await weightsOf(blas(), layers));
  });

  test("XOR is learned", async () => {
    const x = { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) } as const;
    const y = Int32Array.of(0, 1, 1, 0);
    const net = mlp(2, [dense(300, tanh), dense(300, tanh), dense(2)], { seed: 1 });
    const optimizer = adam({ learningRate: 0.001 });
    const options = { loss: softmaxCrossEntropy(), optimizer, epochs: 200, backend };
    for await (const _ of train(net, { x, y }, options));
    expect(predict(net, x, { backend }).classes).toEqual(y);
  });

  test("one row is predicted as in a batch, but for rounding", () => {
    const net = mlp(784, [dense(100, relu), dense(10)], { seed: 1 });
    const whole = predict(net, digits.x, { backend }).outputs.data;
    const row = { shape: [1, 784], data: digits.x.data.slice(784 * 5, 784 * 6) } as const;
    const alone = predictor(net, { backend })(row).outputs.data as Float32Array;
    expectAllClose(alone, whole.slice(50, 60), { relative: 1e-4, absolute: 1e-5 });
  });
});
