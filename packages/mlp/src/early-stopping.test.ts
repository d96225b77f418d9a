import { expect, test } from "vitest";
import { expectEarlyStopping, isBest, restoreBest, watchOf } from "./early-stopping.ts";
import { dense, type EarlyStopping, mlp, type Report } from "./index.ts";

const net = mlp(1, [dense(1)], { seed: 1, dtype: "float64" });
const W = net.layers[0]!.params[0]!.data;
const report: Report = {
  epoch: 1,
  epochs: 1,
  step: 1,
  steps: 1,
  endOfEpoch: true,
  loss: 1,
  metrics: {},
  samplesPerSecond: 1,
};

/** After each value: whether it was the best, and how many in a row were not. */
function follow(values: readonly number[], options: Partial<EarlyStopping>): [boolean, number][] {
  let at = 0;
  const watch = watchOf(net, { patience: 1, ...options, monitor: () => values[at++]! });
  return values.map(() => [isBest(watch, net, report), watch.waited]);
}

test("an epoch is better when it is lower, and an equal one is not", () => {
  expect(follow([2, 2, 1, 3, 1, 0.5], {})).toEqual([
    [true, 0],
    [false, 1],
    [true, 0],
    [false, 1],
    [false, 2],
    [true, 0],
  ]);
});

test("minDelta must be exceeded: lower by exactly as much is not better", () => {
  expect(follow([2, 1.5, 1.4375, 1], { minDelta: 0.5 })).toEqual([
    [true, 0],
    [false, 1], // 2 - 1.5 is 0.5
    [true, 0], // more than 0.5 below the best, which still is 2
    [false, 1],
  ]);
});

test("NaN and Infinity are never better, -Infinity is once", () => {
  const [none, least] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect(follow([Number.NaN, none, 1, Number.NaN, least, least], {}).map(([best]) => best)).toEqual(
    [false, false, true, false, true, false],
  );
});

test("keeps a copy of the best weights, and gives it back", () => {
  let value = 2;
  const watch = watchOf(net, { patience: 1, monitor: () => value });
  expect(restoreBest(watch, net)).toBe(false);
  W[0] = 10;
  isBest(watch, net, report);
  W[0] = 20;
  value = 3;
  isBest(watch, net, report);
  expect(restoreBest(watch, net)).toBe(true);
  expect(W[0]).toBe(10);
  const without = watchOf(net, { patience: 1, monitor: () => 1, restoreBest: false });
  isBest(without, net, report);
  expect(without.weights).toBeUndefined();
  expect(restoreBest(without, net)).toBe(false);
});

test("watches the validation loss unless told, and without one nothing is better", () => {
  const watch = watchOf(net, { patience: 1 });
  expect(isBest(watch, net, { ...report, validation: { loss: 1 } })).toBe(true);
  expect(isBest(watch, net, { ...report, validation: { loss: 0.5 } })).toBe(true);
  expect(isBest(watch, net, report)).toBe(false);
});

test("early stopping that cannot be followed is refused", () => {
  expect(() => expectEarlyStopping({ patience: 0 }, true)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects earlyStopping.patience to be a whole number above 0, but earlyStopping.patience is 0]`,
  );
  expect(() => expectEarlyStopping({ patience: 1.5 }, true)).toThrow("is 1.5");
  expect(() =>
    expectEarlyStopping({ patience: 1, minDelta: -1 }, true),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: train() expects earlyStopping.minDelta to be finite and at least 0, but earlyStopping.minDelta is -1]`,
  );
  expect(() => expectEarlyStopping({ patience: 1, minDelta: Number.NaN }, true)).toThrow("is NaN");
  expect(() => expectEarlyStopping({ patience: 1 }, false)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: train() expects validation with earlyStopping, but validation is undefined: pass validation examples, or earlyStopping.monitor]`,
  );
  expectEarlyStopping({ patience: 1, minDelta: 0 }, true);
  expectEarlyStopping({ patience: 1, monitor: () => 0 }, false);
});
