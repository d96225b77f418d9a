import { type FloatArray, products, reference } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import {
  examples,
  expectUsable,
  optionsOn,
  small,
  softmax,
  weights,
  weightsOf,
} from "../testing/ended-runs.ts";
import { evaluate, type Loss, type Report, train } from "./index.ts";

describe.each([reference, guard(products)])("train() on $name", (backend) => {
  const base = optionsOn(backend);
  const reached = (epochs: number, progressEvery = 1): Promise<FloatArray[][]> => {
    const net = small();
    return weightsOf(train(net, examples, { ...base, epochs, progressEvery }), net);
  };

  test("the network holds the current weights at every report", async () => {
    const seen = await reached(2);
    expect(seen).toHaveLength(10);
    expect(new Set(seen.map(String)).size).toBe(10);
    const seldom = await reached(2, 5);
    expect(seldom).toEqual([seen[4], seen[9]]);
  });

  test("a break keeps the weights of that report", async () => {
    const net = small();
    for await (const { step } of train(net, examples, { ...base, epochs: 2, progressEvery: 1 }))
      if (step === 7) break;
    expect(weights(net)).toEqual((await reached(2))[6]);
    await expectUsable(net, backend);
  });

  test("an error in the loop keeps the weights of that report, and is passed on", async () => {
    const net = small();
    const loop = async (): Promise<void> => {
      for await (const { step } of train(net, examples, { ...base, epochs: 2, progressEvery: 1 }))
        if (step === 3) throw new Error("of the loop");
    };
    await expect(loop()).rejects.toThrow("of the loop");
    expect(weights(net)).toEqual((await reached(1))[2]);
    await expectUsable(net, backend);
  });

  test("a run that is never started, or ended before its first step, changes nothing", async () => {
    const net = small();
    train(net, examples, { ...base, epochs: 2 });
    await train(net, examples, { ...base, epochs: 2 }).return();
    const signal = AbortSignal.abort();
    expect(await weightsOf(train(net, examples, { ...base, epochs: 2, signal }), net)).toEqual([]);
    expect(weights(net)).toEqual(weights(small()));
  });

  /** A loss that aborts in its `at`th call. */
  const abortingAt = (at: number, controller: AbortController): Loss<Int32Array> => {
    let calls = 0;
    return {
      lossName: "aborting",
      check: () => {},
      ofClasses: (...args) => {
        if (++calls === at) controller.abort();
        softmax.ofClasses?.(...args);
      },
    };
  };

  test("a signal aborted during a step ends the run after it, without an error", async () => {
    const net = small();
    const controller = new AbortController();
    const { signal } = controller;
    const loss = abortingAt(7, controller);
    const seen = await weightsOf(train(net, examples, { ...base, loss, epochs: 3, signal }), net);
    expect(seen).toHaveLength(1);
    expect(weights(net)).toEqual((await reached(2))[6]);
    await expectUsable(net, backend);
  });

  test("a signal aborted in the loop ends the run there", async () => {
    const net = small();
    const controller = new AbortController();
    const { signal } = controller;
    let reports = 0;
    for await (const _ of train(net, examples, { ...base, epochs: 3, signal })) {
      reports++;
      controller.abort();
    }
    expect(reports).toBe(1);
    expect(weights(net)).toEqual((await reached(1))[4]);
  });

  test("a signal aborted during validation ends the run with the weights of the epoch", async () => {
    const net = small();
    const controller = new AbortController();
    const { signal } = controller;
    const loss = abortingAt(7, controller); // 5 steps, then the second batch of the validation
    const options = { ...base, loss, epochs: 3, signal, validation: examples };
    expect(await weightsOf(train(net, examples, options), net)).toEqual([]);
    expect(weights(net)).toEqual((await reached(1))[4]);
    await expectUsable(net, backend);
  });

  test("early stopping restores the best weights when it stops", async () => {
    const net = small();
    const values = [3, 2, 2.5, 2.1, 0];
    const monitor = ({ epoch }: Report): number => values[epoch - 1]!;
    const earlyStopping = { patience: 2, monitor };
    const found: (boolean | undefined)[] = [];
    const current: FloatArray[][] = [];
    for await (const { best } of train(net, examples, { ...base, epochs: 5, earlyStopping })) {
      found.push(best);
      current.push(weights(net));
    }
    expect(found).toEqual([true, true, false, false]);
    expect(current).toEqual((await reached(4, 5)).slice(0, 4));
    expect(weights(net)).toEqual(current[1]);
    await expectUsable(net, backend);
  });

  test("early stopping restores the best weights after the last epoch, and unless told", async () => {
    const after = await reached(3, 5);
    const monitor = ({ epoch }: Report): number => [1, 0, 2][epoch - 1]!;
    for (const restoreBest of [true, false]) {
      const net = small();
      const earlyStopping = { patience: 9, monitor, restoreBest };
      await weightsOf(train(net, examples, { ...base, epochs: 3, earlyStopping }), net);
      expect(weights(net)).toEqual(after[restoreBest ? 1 : 2]);
    }
  });

  test("early stopping restores the best weights on a break, an error and an abort", async () => {
    const [best] = await reached(1, 5);
    const monitor = ({ epoch }: Report): number => epoch;
    const ends: readonly ((controller: AbortController) => "break" | undefined)[] = [
      () => "break",
      (controller) => {
        controller.abort();
        return undefined;
      },
      () => {
        throw new Error("of the loop");
      },
    ];
    for (const end of ends) {
      const net = small();
      const controller = new AbortController();
      const { signal } = controller;
      const earlyStopping = { patience: 9, monitor };
      const options = { ...base, epochs: 5, earlyStopping, signal, progressEvery: 2 };
      const loop = async (): Promise<void> => {
        for await (const { step } of train(net, examples, options))
          if (step === 12 && end(controller) === "break") break;
      };
      await loop().catch(({ message }) => expect(message).toBe("of the loop"));
      expect(weights(net)).toEqual(best);
    }
  });

  test("early stopping before any best epoch keeps the current weights", async () => {
    const net = small();
    const earlyStopping = { patience: 2, monitor: () => Number.NaN };
    const seen = await weightsOf(train(net, examples, { ...base, epochs: 9, earlyStopping }), net);
    expect(seen).toHaveLength(2);
    expect(weights(net)).toEqual(seen[1]);
  });

  test("early stopping watches the loss on the validation examples unless told", async () => {
    const net = small();
    const options = { ...base, epochs: 4, validation: examples, earlyStopping: { patience: 1 } };
    let least = Number.POSITIVE_INFINITY;
    for await (const { validation, best } of train(net, examples, options)) {
      expect(best).toBe(validation!.loss < least);
      least = Math.min(least, validation!.loss);
    }
    expect((await evaluate(net, examples, { ...base })).loss).toBe(least);
  });
});
