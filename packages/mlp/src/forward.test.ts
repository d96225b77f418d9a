import { relu, tanh } from "@feedforward/activations";
import { type Backend, type Matrix, products, reference } from "@feedforward/tensor";
import { expectAllClose, guard } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backward, dense, dropout, forward, type Layer, type LayerBuffers, mlp } from "./index.ts";

const net = mlp(2, [dense(3, relu), dropout(0.5), dense(4)], { seed: 1 });
const rows = (n: number, columns = 2): Matrix => ({
  shape: [n, columns],
  data: Float64Array.from({ length: n * columns }, (_, i) => ((i * 7) % 11) / 5 - 1),
});
const shapes = (list: readonly (Matrix | undefined)[]) => list.map((matrix) => matrix?.shape);

describe("forward()", () => {
  test("keeps a(k) of the layers that have one, and every h(k) from h(0) on", () => {
    const { a, h } = forward(net, rows(5));
    expect(shapes(a)).toEqual([[5, 3], undefined, [5, 4]]);
    expect(shapes(h)).toEqual([
      [5, 2],
      [5, 3],
      [5, 3],
      [5, 4],
    ]);
    expect(h[1]!.data).toEqual(a[0]!.data.map((value) => Math.max(0, value)));
    expect(h[3]!.data).toEqual(a[2]!.data);
  });

  test("standardises what it is given, bytes too", () => {
    const standardiser = { mean: Float32Array.of(100, 0), std: Float32Array.of(50, 2) };
    const standardised = mlp(2, [dense(1)], { standardiser });
    const { h } = forward(standardised, { shape: [2, 2], data: Uint8Array.of(0, 1, 200, 255) });
    expect(h[0]!.data).toEqual(Float32Array.of(-2, 0.5, 2, 127.5));
  });

  test("takes no rows, and gives none", () => {
    const pass = forward(net, rows(0));
    expect(shapes(pass.h)).toEqual([
      [0, 2],
      [0, 3],
      [0, 3],
      [0, 4],
    ]);
    const { x, layers } = backward(pass, rows(0, 4));
    expect(x.shape).toEqual([0, 2]);
    expect(layers[2]![0]!.data).toEqual(new Float32Array(12));
  });

  test("copies: what is written to its result does not reach the backward pass", () => {
    const pass = forward(net, rows(3));
    const expected = backward(pass, rows(3, 4));
    for (const { data } of [...pass.h, ...pass.a.filter((a) => a !== undefined)]) data.fill(7);
    expect(backward(pass, rows(3, 4))).toEqual(expected);
  });

  test("passes NaN in the weights on to the output", () => {
    const broken = mlp(2, [dense(3, relu), dense(2)]);
    broken.layers[0]!.params[0]!.data[0] = Number.NaN;
    expect(forward(broken, rows(2)).h[2]!.data.every(Number.isNaN)).toBe(true);
  });

  test("says what is wrong with its arguments", () => {
    expect(() => forward(net, rows(2, 3))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: forward() expects x as { shape: [rows, 2], data: Uint8Array, Float32Array or Float64Array }, but x is { shape: [2, 3], data: Float64Array(6) }]`,
    );
    expect(() =>
      forward(net, { shape: [1, 2], data: Float32Array.of(0, Number.NaN) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: forward() expects finite inputs, but row 0, column 1 of x is NaN: remove the row or fill the gap]`,
    );
    expect(() => forward(net, rows(2), { step: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: forward() expects step to be a whole number in [0, 134217728), but step is -1]`,
    );
    expect(() => forward(net, rows(2), { seed: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: forward() expects seed to be a whole number in [0, 4294967296), but seed is -1]`,
    );
  });

  test("refuses a backend that does not compute at once", () => {
    const waiting: Backend = {
      name: "waiting",
      open(dtype, layout) {
        const { session, buffers } = reference.open(dtype, layout);
        return { session: { ...session, pull: () => Promise.resolve() }, buffers };
      },
    };
    expect(() => forward(net, rows(2), { backend: waiting })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: forward() expects a backend that computes at once, but waiting does not: leave out backend]`,
    );
  });

  test("says when what a layer lays out does not fit", () => {
    const right = dense(2);
    const laid = (wrong: Partial<LayerBuffers>) => {
      const layer: Layer = {
        ...right,
        layout: (zeros, batch, inputs) => ({ ...right.layout(zeros, batch, inputs), ...wrong }),
      };
      return expect(() => forward(mlp(2, [dense(3, tanh), layer]), rows(2)));
    };
    const three = new Float32Array(3);
    laid({ out: three }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layers[1].layout() expects out of lengths [4], but out has lengths [3]]`,
    );
    laid({ a: three }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layers[1].layout() expects a of lengths [4], but a has lengths [3]]`,
    );
    laid({ params: [] }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layers[1].layout() expects params of lengths [6, 2], but params has lengths []]`,
    );
    const buffers = [new Float32Array(6), new Float32Array(2), three];
    laid({ params: buffers }).toThrow("but params has lengths [6, 2, 3]");
    laid({ grads: [three, three] }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layers[1].layout() expects grads of lengths [6, 2], but grads has lengths [3, 3]]`,
    );
  });
});

describe("backward()", () => {
  test("gives a gradient in the shape of every parameter, and of the input", () => {
    const { layers, x } = backward(forward(net, rows(5)), rows(5, 4));
    expect(layers.map((grads) => grads.map(({ shape }) => shape))).toEqual(
      net.layers.map(({ params }) => params.map(({ shape }) => shape)),
    );
    expect(x.shape).toEqual([5, 2]);
  });

  test("gives fresh gradients each time, from the same pass", () => {
    const pass = forward(net, rows(5), { training: true });
    const first = backward(pass, rows(5, 4));
    const kept = structuredClone(first);
    backward(pass, { shape: [5, 4], data: new Float64Array(20).fill(9) });
    expect(first).toEqual(kept);
    expect(backward(pass, rows(5, 4))).toEqual(kept);
  });

  test("is linear in the gradient, and sums over the rows", () => {
    const double = mlp(2, [dense(3, tanh), dense(2)], { seed: 2, dtype: "float64" });
    const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(numbers, numbers, (x, grad) => {
        const flat = (of: readonly number[], gradient: readonly number[]): number[] => {
          const n = of.length / 2;
          const pass = forward(double, { shape: [n, 2], data: Float64Array.from(of) });
          const found = backward(pass, { shape: [n, 2], data: Float64Array.from(gradient) });
          return found.layers.flat().flatMap(({ data }) => [...data]);
        };
        const together = flat(x, grad);
        const [one, two] = [flat(x.slice(0, 2), grad.slice(0, 2)), flat(x.slice(2), grad.slice(2))];
        const tolerance = { relative: 1e-12, absolute: 1e-13 };
        expectAllClose(
          together,
          one.map((value, i) => value + two[i]!),
          tolerance,
        );
        expectAllClose(
          flat(
            x,
            grad.map((value) => -2 * value),
          ),
          together.map((value) => -2 * value),
          tolerance,
        );
      }),
      { numRuns: 50 },
    );
  });

  test("permuting the batch permutes the gradient of the input", () => {
    const x = rows(3);
    const order = [2, 0, 1];
    const permuted = (m: Matrix): Matrix => ({
      shape: m.shape,
      data: Float64Array.from(
        order.flatMap((r) => [...m.data.subarray(r * m.shape[1], (r + 1) * m.shape[1])]),
      ),
    });
    const double = mlp(2, [dense(3, tanh), dense(4)], { seed: 2, dtype: "float64" });
    const straight = backward(forward(double, x), rows(3, 4)).x;
    const crossed = backward(forward(double, permuted(x)), permuted(rows(3, 4))).x;
    expect(crossed).toEqual(permuted(straight));
  });

  test("says what is wrong with the gradient", () => {
    const pass = forward(net, rows(2));
    expect(() => backward(pass, rows(2, 3))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: backward() expects gradOutput of [2, 4], the shape of the output, but gradOutput is [2, 3] with 6 numbers]`,
    );
    expect(() => backward(pass, { shape: [3, 4], data: new Float32Array(8) })).toThrow(
      "but gradOutput is [3, 4] with 8 numbers",
    );
    expect(() =>
      backward(pass, { shape: [2, 4], data: new Float32Array(7) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: backward() expects gradOutput of [2, 4], the shape of the output, but gradOutput is [2, 4] with 7 numbers]`,
    );
  });
});

test("forward() and backward() have the same bits on guarded memory", () => {
  const found = [reference, guard(products)].map((backend) => {
    const pass = forward(net, rows(3), { training: true, backend });
    return { a: pass.a, h: pass.h, ...backward(pass, rows(3, 4)) };
  });
  expect(found[1]).toEqual(found[0]);
});
