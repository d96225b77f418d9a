import { expect, test } from "vitest";
import {
  backward,
  begin,
  bring,
  forward,
  open,
  same,
  sgd,
  step,
} from "../testing/panelled-layer.ts";

// Steps of a layer in panels: the bits of one in rows.

test("weights that lie in panels are turned, and given back in rows", () => {
  const layer = open();
  const { session, W, gradW } = layer;
  begin(layer);
  const before = W.slice();
  bring(layer, 5);
  forward(layer);
  expect(W).not.toEqual(before);
  backward(layer);
  session.pull(W);
  expect(W).toEqual(before);
  const inPanels = gradW.slice();
  session.pull(gradW);
  expect(gradW).not.toEqual(inPanels);
});

test("steps of batches that use other inputs", () => {
  same((layer, note) => {
    for (const [from, every] of [
      [0, 3],
      [1, 3],
      [2, 3],
      [95, 1],
      [0, 96],
      [40, 2],
    ] as const) {
      step(layer, from, from, every);
      note();
    }
  });
});

test("rows of a gradient are written again once their inputs are used, and zero once they are not", () => {
  same((layer, note) => {
    step(layer, 1, 0, 2);
    for (const every of [5, 96, 7, 4]) {
      step(layer, every, 1, every);
      const { session, gradW } = layer;
      if (every === 96) session.pull(gradW);
      note();
    }
  });
});

test("steps with few rows, or one, which read the weights where they lie", () => {
  same((layer, note) => {
    step(layer, 1, 0);
    forward(layer, 1);
    note();
    forward(layer, 3);
    note();
  });
});

test("dense steps, and such with zeros in the gradient alone", () => {
  same((layer, note) => {
    for (const seed of [1, 2]) {
      step(layer, seed, 0, 1);
      note();
      const { session, gradA } = layer;
      for (let i = 0; i < gradA.length; i++) if (i % 3) gradA[i] = 0;
      session.push(gradA);
      backward(layer);
      sgd(layer, 0.5);
      forward(layer);
      note();
    }
  });
});

test("a gradient is added to", () => {
  same((layer, note) => {
    step(layer, 1, 0);
    for (const from of [1, 2]) {
      bring(layer, from, from);
      backward(layer, 1);
      sgd(layer);
      forward(layer);
      note();
    }
  });
});

test("a gradient that is added to before anything was written over it", () => {
  same((layer) => {
    bring(layer, 1);
    forward(layer);
    backward(layer, 1);
  });
});

test.each([1, 2])("steps of more rows and fewer, on %i threads", (threads) => {
  same((layer, note) => {
    for (const [seed, rows] of [20, 40, 32, 17, 40].entries()) {
      step(layer, seed, seed % 3, 4, rows);
      note();
    }
  }, threads);
});
