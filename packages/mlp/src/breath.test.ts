import { softmaxCrossEntropy } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { breathe } from "./breath.ts";
import { dense, evaluate, mlp, train } from "./index.ts";

// A clock that only the tests move, and a way to see whether the event loop has turned.
let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});
function nextTurn(): { readonly turned: boolean } {
  const state = { turned: false };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    state.turned = true;
    port1.close();
  };
  port2.postMessage(null);
  return state;
}

test("a breath is due after more than 50 ms, and then not before another 50", async () => {
  const breath = breathe();
  expect(breath()).toBeUndefined();
  now = 50;
  expect(breath()).toBeUndefined();
  now = 50.001;
  const turn = nextTurn();
  const pause = breath();
  expect(pause).toBeInstanceOf(Promise);
  expect(turn.turned).toBe(false);
  now = 70; // it counts from when the loop has turned
  await pause;
  expect(turn.turned).toBe(true);
  now = 120;
  expect(breath()).toBeUndefined();
  now = 121;
  expect(breath()).toBeInstanceOf(Promise);
});

const x = { shape: [3, 1], data: new Float32Array(3) } as const;
const examples = { x, y: Int32Array.of(0, 1, 0) };
/** A loss that takes `ms` a batch. */
const lasting = (ms: number) => {
  const loss = softmaxCrossEntropy();
  const { ofClasses } = loss;
  return {
    lossName: "lasting",
    check: loss.check,
    ofClasses: (...args: Parameters<NonNullable<typeof ofClasses>>) => {
      now += ms;
      ofClasses?.(...args);
    },
  };
};

test("train() lets the event loop run every 50 ms, though the loop over its reports never waits", async () => {
  const optimizer = sgd({ learningRate: 0.1 });
  for (const [ms, after] of [
    [60, 1],
    [20, 3], // after 60 ms
    [0.01, undefined],
  ] as const) {
    const net = mlp(1, [dense(2)]);
    const options = { loss: lasting(ms), optimizer, epochs: 5 };
    const turn = nextTurn();
    let epochs = 0;
    for await (const _ of train(net, examples, options)) {
      epochs++;
      if (turn.turned) break;
    }
    expect(turn.turned).toBe(after !== undefined);
    expect(epochs).toBe(after ?? 5);
    await new Promise((resolve) => setTimeout(resolve));
  }
});

test("evaluate() lets the event loop run between batches", async () => {
  for (const ms of [60, 10]) {
    const turn = nextTurn();
    await evaluate(mlp(1, [dense(2)]), examples, { loss: lasting(ms), batchSize: 1 });
    expect(turn.turned).toBe(ms === 60);
    await new Promise((resolve) => setTimeout(resolve));
  }
});
