import { relu, tanh } from "@feedforward/activations";
import { type BlasBackend, blas } from "@feedforward/blas";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, dropout, type Layer, mlp, predict, predictor, train } from "@feedforward/mlp";
import { adam, sgd } from "@feedforward/optim";
import { type Backend, type Examples, reference } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { numbers, wildNumbers } from "./numbers.ts";
import { compute, kinds, operands, sizes } from "./product-runs.ts";
import { replay } from "./replay.ts";
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

// Those of all backends are small, and most of them left to the kernels; these are not.
const large: typeof sizes = [
  [1, 130, 300],
  [2, 1024, 1030],
  [31, 40, 37],
  [128, 10, 512],
  [33, 130, 530],
  [100, 300, 200],
  [520, 30, 513],
];

describe.skipIf(!there).each(backends)("on $name", ({ backend }) => {
  const reach = (k: number) => ({ relative: 1e-4, absolute: 2e-6 * Math.sqrt(k + 1) });

  describe.each(kinds)("%s", (kind) => {
    test.each([...sizes, ...large])("computes its definition for %i x %i x %i", (...size) => {
      const from = operands(size);
      const wanted = compute(reference, kind, size, from);
      expectAllClose(compute(backend, kind, size, from), wanted, reach(size[2]));
    });

    test.each([
      [7, 19, 5],
      [1, 200, 300],
      [31, 43, 37],
      [90, 130, 110],
    ] as typeof sizes)("lets NaN and infinities through, %i x %i x %i", (...size) => {
      const from = operands(size, wildNumbers);
      const kindOf = (x: number): string => (Number.isFinite(x) ? "finite" : String(x));
      const wanted = compute(reference, kind, size, from);
      const got = compute(backend, kind, size, from);
      expect(Array.from(got, kindOf)).toEqual(Array.from(wanted, kindOf));
    });

    test("reads nothing of what it overwrites", () => {
      const from = operands([40, 50, 60]);
      const wanted = compute(backend, kind, [40, 50, 60], from);
      const unset = { ...from, c: kind === "tnOnto" ? from.c : from.c.map(() => Number.NaN) };
      expect(compute(backend, kind, [40, 50, 60], unset)).toEqual(wanted);
    });
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

  test("definitions run on the kernels", () => {
    for (const call of scenario(7, 37, numbers))
      replay(backend, call, { relative: 2e-6, absolute: 3e-7 });
  });
});

describe.skipIf(!there).each(backends)(
  "columns that are zero in every row, on $name",
  ({ backend }) => {
    const empty = (j: number): boolean => j % 28 > 11 || j === 5;
    const close = { relative: 1e-4, absolute: 1e-5 };
    const sparse = (rows: number, columns: number) =>
      numbers(rows * columns, 5).map((value, at) => (empty(at % columns) ? 0 : value));

    test.each([
      [33, 131, 70],
      [20, 300, 3000],
      [9, 784, 128],
    ])("may be left out: %i rows of %i, %i units", (rows, columns, units) => {
      const x = sparse(rows, columns);
      const [c, grad, bias] = [
        numbers(rows * units, 1),
        numbers(rows * units, 7),
        numbers(units, 8),
      ];
      const W = numbers(units * columns, 6);
      const forward = { c, a: x, b: W, bias };
      const backward = { c: W, a: grad, b: x, bias };
      for (const [kind, size, from] of [
        ["ntWithBias", [rows, units, columns], forward],
        ["nt", [rows, units, columns], forward],
        ["tn", [units, columns, rows], backward],
        ["tnOnto", [units, columns, rows], backward],
      ] as const) {
        const wanted = compute(reference, kind, [...size], from);
        expectAllClose(compute(backend, kind, [...size], from), wanted, close);
      }
    });

    test.each([Number.NaN, Number.POSITIVE_INFINITY])("hide no %d that meets them", (bad) => {
      const [rows, columns, units] = [33, 131, 70];
      const x = sparse(rows, columns);
      const [c, bias] = [numbers(rows * units, 1), numbers(units, 8)];
      const W = numbers(units * columns, 6);
      const poisoned = W.slice();
      poisoned[3 * columns + 12] = bad;
      const size = [rows, units, columns] as [number, number, number];
      const a = compute(backend, "nt", size, { c, a: x, b: poisoned, bias });
      expect([a[3], a[4 * units + 3]]).toEqual([Number.NaN, Number.NaN]);
      expect(a[4]).toSatisfy(Number.isFinite);
      const grad = numbers(rows * units, 7);
      grad[6 * units + 2] = bad;
      const gradW = compute(backend, "tn", [units, columns, rows], { c: W, a: grad, b: x, bias });
      expect(gradW[2 * columns + 12]).toBeNaN();
      expect(gradW[3 * columns + 12]).toBe(0);
    });

    test("may be all there are", () => {
      const [rows, columns, units] = [33, 131, 70];
      const bias = numbers(units, 8);
      const none = new Float32Array(rows * columns);
      const from = { c: numbers(rows * units, 1), a: none, b: numbers(units * columns, 6), bias };
      const a = compute(backend, "ntWithBias", [rows, units, columns], from);
      expect([...a.slice(units, 2 * units)]).toEqual([...bias]);
    });
  },
);

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
    const net = mlp(2, [dense(300, tanh), dense(2)], { seed: 1 });
    const optimizer = adam({ learningRate: 0.01 });
    const options = { loss: softmaxCrossEntropy(), optimizer, epochs: 300, backend };
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
