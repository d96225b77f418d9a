import type { Definition, FloatArray } from "@feedforward/tensor";
import { expect, test } from "vitest";
import {
  begin,
  bring,
  called,
  forward,
  INPUTS,
  type Layer,
  number,
  open,
  ROWS,
  same,
  settle,
  step,
  UNITS,
} from "../testing/panelled-layer.ts";

// What takes weights in rows, while they lie in panels: the same bits as if they never had.

test("a part of the weights, element by element", () => {
  same((layer) => {
    const { W } = layer;
    step(layer, 1, 0);
    called(layer, "multiply", W, W, W, 100);
    forward(layer);
  });
});

test("a kernel whose numbers belong to their places, and one that sums", () => {
  same((layer) => {
    const { W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "drawMask", gradW, UNITS * INPUTS, 0.5, 1, 2, 3);
    called(layer, "clipToNorm", W, momentum, 1);
  });
});

test("a definition without a kernel reads rows, and writes rows", () => {
  same((layer, note) => {
    const { session, W, gradW } = layer;
    step(layer, 1, 0);
    session.call(
      (w: FloatArray, g: FloatArray) => {
        for (let i = 0; i < w.length; i++) w[i]! += i * g[i]!;
      },
      W,
      gradW,
    );
    forward(layer);
    note();
    step(layer, 2, 1);
  });
});

test("a view of weights is read, and written, in rows", () => {
  same((layer, note) => {
    const { session, W, gradX } = layer;
    bring(layer, 1);
    forward(layer);
    const part = W.subarray(INPUTS, 3 * INPUTS);
    session.pull(part);
    gradX.set(part);
    part.fill(0.5);
    session.push(part);
    forward(layer);
    note();
    called(layer, "multiply", part, part, part, part.length);
    forward(layer);
    note();
  });
});

test("the weights as an operand of a product in rows, and as its result", () => {
  same((layer, note) => {
    const { session, W, gradA, gradX, gradW, x } = layer;
    step(layer, 1, 0);
    session.nn(gradX, gradA, W, ROWS, INPUTS, UNITS);
    note();
    step(layer, 2, 1);
    session.nn(gradW, W, x, UNITS, ROWS, INPUTS);
    step(layer, 3, 2);
    note();
  });
});

test("both operands of a product", () => {
  const layer = open();
  const rows = open();
  for (const { session, W } of [layer, rows]) {
    for (let i = 0; i < W.length; i++) W[i] = number(i, 1);
    session.push(W);
  }
  settle(rows);
  for (const { session, gradW, W } of [layer, rows]) session.nt(gradW, W, W, UNITS, UNITS, INPUTS);
  for (const { session, gradW } of [layer, rows]) session.pull(gradW);
  expect(layer.gradW).toEqual(rows.gradW);
});

test("written weights are those, whatever lay there", () => {
  same((layer, note) => {
    const { session, W } = layer;
    step(layer, 1, 0);
    for (let i = 0; i < W.length; i++) W[i] = number(i, 9);
    session.push(W);
    forward(layer);
    note();
    step(layer, 2, 1);
  });
});

test("the same numbers as a matrix of another shape", () => {
  same((layer, note) => {
    const { session, W, b, gradW, a, x, gradA } = layer;
    step(layer, 1, 0);
    forward(layer);
    session.nt(a, x, W, 10, 64, 48, b);
    note();
    session.nt(a, x, W, 10, 96, 64);
    note();
    session.tn(gradW, gradA, x, 96, 64, 12, 0);
    forward(layer);
    note();
  });
});

test("what was needed in rows lies in rows for good", () => {
  const layer = open();
  const { session, W } = layer;
  begin(layer);
  bring(layer, 1);
  forward(layer);
  session.call((() => {}) as Definition<FloatArray[]>, W);
  const before = W.slice();
  forward(layer);
  expect(W).toEqual(before);
});

test("a kernel of a part, before the whole lies in panels and after", () => {
  same((layer, note) => {
    const { W } = layer;
    const part = W.subarray(0, 200);
    bring(layer, 1);
    for (let i = 0; i < 2; i++) {
      called(layer, "multiply", part, part, part, part.length);
      forward(layer);
      note();
    }
  });
});

test("the weights as the other operand of nt and tn, and as the result of nt", () => {
  for (const run of [
    ({ session, W, gradX, x }: Layer): void => session.nt(gradX, W, x, 20, 20, INPUTS),
    ({ session, W, gradX, x }: Layer): void => session.nt(gradX, x, x, 10, 10, INPUTS, W),
    ({ session, W, gradX, x }: Layer): void => session.nt(W, x, gradX, 20, 20, INPUTS),
    ({ session, W, gradX, x }: Layer): void => session.tn(gradX, W, x, 30, 30, 64, 0),
    ({ session, W, gradX, x }: Layer): void => session.tn(gradX, x, W, 30, 30, 64, 0),
    ({ session, W, gradX, x }: Layer): void => session.tn(W, gradX, x, 30, 30, 64, 0),
  ])
    same((layer, note) => {
      step(layer, 1, 0);
      run(layer);
      note();
    });
});

test("an operand that is elsewhere", () => {
  for (const run of [
    ({ session, W }: Layer, c: FloatArray): void => session.nt(c, W, W, 20, 20, INPUTS),
    ({ session, W }: Layer, c: FloatArray): void => session.nn(c, W, W, 20, 20, 20),
    ({ session, W }: Layer, c: FloatArray): void => session.tn(c, W, W, 20, 20, 20, 0),
  ]) {
    const results = [true, false].map((inRows) => {
      const layer = open();
      if (inRows) settle(layer);
      begin(layer);
      step(layer, 1, 0);
      const c = new Float32Array(400);
      run(layer, c);
      return c;
    });
    expect(results[0]).toEqual(results[1]);
  }
});

test("two matrices that overlap", () => {
  const results = [true, false].map((inRows) => {
    const layer = open();
    const { session, W, a, x } = layer;
    begin(layer);
    bring(layer, 1);
    const size = 64 * 64;
    const [one, two] = [W.subarray(0, size), W.subarray(64, size + 64)];
    const untagged = (() => {}) as Definition<FloatArray[]>;
    return [one, two, one].map((w) => {
      session.nt(a, x, w, 20, 64, 64);
      if (inRows) session.call(untagged, W);
      return a.slice();
    });
  });
  expect(results[0]).toEqual(results[1]);
});
