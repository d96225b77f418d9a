import type { Definition, FloatArray } from "@feedforward/tensor";
import { test } from "vitest";
import {
  backward,
  bring,
  called,
  forward,
  INPUTS,
  type Layer,
  MOST,
  ROWS,
  same,
  sgd,
  step,
  UNITS,
} from "../testing/panelled-layer.ts";

// Updates of weights in panels, finite or not: the bits of those in rows.

test.each([
  ["with decay", 0.25, 0.125],
  ["with a negative rate", -0.25, 0],
  ["with an infinite rate", Number.POSITIVE_INFINITY, 0],
])("sgd %s", (_, rate, decay) => {
  same((layer, note) => {
    step(layer, 1, 0);
    bring(layer, 2, 1);
    forward(layer);
    backward(layer);
    sgd(layer, rate, decay);
    forward(layer);
    note();
  });
});

test("other updates, between steps of sgd", () => {
  same((layer, note) => {
    const { W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    forward(layer);
    note();
    called(layer, "addScaled", gradW, W, 0.5);
    sgd(layer);
    forward(layer);
    note();
    step(layer, 2, 1);
    note();
  });
});

test("a gradient that sgd itself has updated is not zero where it was", () => {
  same((layer) => {
    const { W, gradW } = layer;
    step(layer, 1, 0);
    called(layer, "sgd", gradW, W, 0.5, 0);
    bring(layer, 2, 1);
    backward(layer);
    sgd(layer);
  });
});

test("two gradients in turn", () => {
  same((layer, note) => {
    const { session, momentum, gradA, x } = layer;
    step(layer, 1, 0);
    for (const from of [1, 2]) {
      bring(layer, from, from, 4);
      session.tn(momentum, gradA, x, UNITS, INPUTS, ROWS, 0);
      bring(layer, from + 1, 0, 5);
      for (let i = 0; i < 2; i++) {
        backward(layer);
        sgd(layer);
      }
      called(layer, "sgd", layer.W, momentum, 0.5, 0);
      forward(layer);
      note();
    }
  });
});

test.each([
  ["the weights", 1e38],
  ["NaN", Number.NaN],
  ["infinities", Number.POSITIVE_INFINITY],
])("an update that overflows is not hidden behind zeros: %s", (_, value) => {
  same((layer, note) => {
    step(layer, 1, 0);
    const { session, gradA } = layer;
    bring(layer, 2, 0);
    gradA.fill(value);
    session.push(gradA);
    forward(layer);
    backward(layer);
    sgd(layer, 1e3);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test.each([
  ["sgd with decay", (layer: Layer): void => sgd(layer, 1e30, 1e30)],
  [
    "another update",
    (layer: Layer): void => called(layer, "scale", layer.W, Number.POSITIVE_INFINITY),
  ],
  [
    "a gradient in their place",
    ({ session, W, gradA, x }: Layer): void => {
      gradA.fill(1e38);
      session.push(gradA);
      session.tn(W, gradA, x, UNITS, INPUTS, ROWS, 0);
    },
  ],
])("weights that are not finite any more, after %s, are not hidden behind zeros", (_, change) => {
  same((layer, note) => {
    step(layer, 1, 0);
    forward(layer);
    change(layer);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test("weights that are not finite where no input is used", () => {
  same((layer, note) => {
    const { session, W } = layer;
    bring(layer, 1, 0, 1);
    forward(layer);
    session.pull(W);
    W[2] = Number.NaN;
    session.push(W);
    forward(layer); // by tiles
    note();
    for (const seed of [1, 2, 3]) {
      step(layer, seed, 0);
      note();
    }
  });
});

test.each([0, 5, 10, 15, 63])("an update that overflows in unit %i alone", (unit) => {
  same((layer, note) => {
    step(layer, 1, 0);
    const { session, gradA } = layer;
    bring(layer, 2, 0);
    for (let r = 0; r < MOST; r++) gradA[r * UNITS + unit] = 1e38;
    session.push(gradA);
    backward(layer);
    sgd(layer, 1e3);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test("an update one of whose operands has to lie in rows", () => {
  same((layer, note) => {
    const { session, W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    session.call((() => {}) as Definition<FloatArray[]>, momentum);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    forward(layer);
    note();
  });
});
