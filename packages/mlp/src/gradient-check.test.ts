import { type Activation, sigmoid, tanh } from "@feedforward/activations";
import { meanSquaredError, softmaxCrossEntropy } from "@feedforward/losses";
import { expect, test } from "vitest";
import { dense, dropout, gradientCheck, type Layer, mlp } from "./index.ts";

const xy = {
  x: { shape: [3, 2], data: Float32Array.of(0.5, -1, 2, 0.3, -0.4, 1.2) },
  y: Int32Array.of(1, 0, 1),
} as const;
const loss = softmaxCrossEntropy();
/** The commonest mistake: the derivative of the output, taken of the input. */
const wrong: Activation = { ...tanh, name: "wrong", dg: (a) => 1 - a * a };

test("gradientCheck() finds a wrong derivative, and names layer and entry", () => {
  const net = mlp(2, [dense(3, tanh), dense(3, wrong), dense(2)], { seed: 1 });
  const { error, layer, entry, gradient, numeric, tensors } = gradientCheck(net, xy, { loss });
  expect(error).toBeGreaterThan(0.1);
  expect(Math.abs(gradient - numeric)).toBeGreaterThan(1e-3);
  // What is worst may lie before the wrong layer; the last that is wrong is the culprit.
  expect(`${layer} ${entry}`).toMatchInlineSnapshot(`"layers[1] dense b[2]"`);
  const bad = tensors.filter((tensor) => tensor.error > 1e-6);
  expect(bad.map((tensor) => tensor.layer).at(-1)).toBe("layers[1] dense");
  expect(
    tensors.map((tensor) => `${tensor.layer} ${tensor.entry.replace(/\[.*/, "")}`),
  ).toMatchInlineSnapshot(`
    [
      "x x",
      "layers[0] dense W",
      "layers[0] dense b",
      "layers[1] dense W",
      "layers[1] dense b",
      "layers[2] dense W",
      "layers[2] dense b",
    ]
  `);
});

test.each(["W", "b", "x"])("gradientCheck() finds a wrong gradient of %s", (name) => {
  const right = dense(2, sigmoid);
  const layer: Layer<ReturnType<typeof right.layout>> = {
    ...right,
    backward: (session, at, x, rows, grad, gradX) => {
      right.backward(session, at, x, rows, grad, gradX);
      const broken = { W: at.gradW, b: at.gradB, x: gradX }[name];
      if (broken) broken[1]! *= 1.001;
    },
  };
  const { error, entry, gradient, numeric } = gradientCheck(mlp(2, [layer], { seed: 1 }), xy, {
    loss,
  });
  expect(entry).toBe({ W: "W[0, 1]", b: "b[1]", x: "x[0, 1]" }[name]);
  expect(error).toBeCloseTo(1e-3, 4);
  expect(gradient / numeric).toBeCloseTo(1.001, 5);
});

test("gradientCheck() reports a gradient that is not a number as the worst", () => {
  const nan: Activation = { ...tanh, name: "nan", dg: () => Number.NaN };
  expect(gradientCheck(mlp(2, [dense(2, nan)]), xy, { loss }).error).toBe(Number.NaN);
  const right = dense(2);
  const layer: Layer<ReturnType<typeof right.layout>> = {
    ...right,
    backward: (session, at, x, rows, grad, gradX) => {
      right.backward(session, at, x, rows, grad, gradX);
      at.gradW[1] = Number.NaN;
    },
  };
  const { error, entry, tensors } = gradientCheck(mlp(2, [layer]), xy, { loss });
  expect([error, entry]).toEqual([Number.NaN, "W[0, 1]"]);
  expect(tensors.map((tensor) => Number.isNaN(tensor.error))).toEqual([false, true, false]);
});

test("gradientCheck() leaves network and rows as they were", () => {
  const net = mlp(2, [dense(3, tanh), dropout(0.5), dense(2)], { seed: 1 });
  const before = structuredClone(net.layers.map(({ params }) => params));
  const x = xy.x.data.slice();
  gradientCheck(net, xy, { loss });
  expect(net.layers.map(({ params }) => params)).toEqual(before);
  expect(xy.x.data).toEqual(x);
});

test("gradientCheck() differentiates with respect to the standardised input", () => {
  const standardiser = { mean: Float32Array.of(1, -2), std: Float32Array.of(4, 0.1) };
  const net = mlp(2, [dense(3, tanh), dense(2)], { seed: 1, standardiser });
  expect(gradientCheck(net, xy, { loss }).error).toBeLessThan(1e-6);
});

test("gradientCheck() tries as many entries of each tensor as it is told", () => {
  const net = mlp(2, [dense(20, tanh), dense(2)], { seed: 1 });
  const counts = (entries?: number): readonly number[] =>
    gradientCheck(net, xy, { loss, ...(entries && { entries }) }).tensors.map((t) => t.entries);
  expect(counts()).toEqual([6, 40, 20, 40, 2]);
  expect(counts(5)).toEqual([5, 5, 5, 5, 2]);
  const wide = mlp(2, [dense(60, tanh), dense(2)], { seed: 1 });
  expect(gradientCheck(wide, xy, { loss }).tensors.map((t) => t.entries)).toEqual([
    6, 100, 60, 100, 2,
  ]);
});

test("gradientCheck() says what is wrong with its arguments", () => {
  const net = mlp(2, [dense(2)]);
  expect(() => gradientCheck(net, xy, { loss, epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gradientCheck() expects epsilon in (0, 1), but epsilon is 0]`,
  );
  expect(() => gradientCheck(net, xy, { loss, entries: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gradientCheck() expects entries to be a whole number above 0, but entries is 0]`,
  );
  const none = { x: { shape: [0, 2], data: new Float32Array(0) }, y: new Int32Array(0) } as const;
  expect(() => gradientCheck(net, none, { loss })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gradientCheck() expects at least one row, but x has none]`,
  );
  const values = { x: xy.x, y: { shape: [2, 2], data: new Float64Array(4) } } as const;
  expect(() =>
    gradientCheck(net, values, { loss: meanSquaredError() }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: meanSquaredError() expects y to be Float32Array, length 6, shape 3,2 | Float64Array, length 6, shape 3,2, but y is Float64Array, length 4, shape 2,2]`,
  );
});
