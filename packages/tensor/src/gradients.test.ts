import { expectAllClose, numericGradient } from "@feedforward/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Matrix, Tensor, Vector } from "./index.ts";
import * as module from "./index.ts";

const { affine, logSoftmax, logSumExp, map, matmul, matmulNT, matmulTN, mean } = module;
const { normal, softmax, softmaxBackward, sum, zeros } = module;

/** A differentiable function of operands, and the gradient of each, from the gradient `g` of the result. */
interface Row {
  readonly name: string;
  readonly shapes: string;
  readonly f: (...x: never[]) => Tensor;
  readonly grads: (g: never, ...x: never[]) => readonly Tensor[];
}

const row = <X extends Tensor[], Y extends Tensor>(
  name: keyof typeof module,
  shapes: string,
  f: (...x: X) => Y,
  grads: (g: Y, ...x: X) => readonly Tensor[],
): Row => ({ name, shapes, f: f as unknown as Row["f"], grads: grads as unknown as Row["grads"] });

/** [length] to [length, columns], each entry along its row. */
const along = (x: Vector, columns: number): Matrix => {
  const ones = map(() => 1, zeros([1, columns], { dtype: "float64" }));
  return matmulTN({ shape: [1, x.shape[0]], data: x.data }, ones);
};

const table = [
  row("matmul", "mk kn", matmul, (g, A, B) => [matmulNT(g, B), matmulTN(A, g)]),
  row("matmulNT", "mk nk", matmulNT, (g, A, B) => [matmul(g, B), matmulTN(g, A)]),
  row("matmulTN", "km kn", matmulTN, (g, A, B) => [matmulNT(B, g), matmul(A, g)]),
  row("affine", "nk n mk", affine, (g, W, _b, h) => [
    matmulTN(g, h),
    sum(g, { axis: 0 }),
    matmul(g, W),
  ]),
  row("softmax", "mn", softmax, (g, a) => [softmaxBackward(softmax(a), g)]),
  row("logSoftmax", "mn", logSoftmax, (g, a) => [
    map((gj, f, s) => gj - f * s, g, softmax(a), along(sum(g, { axis: 1 }), a.shape[1])),
  ]),
  row("logSumExp", "mn", logSumExp, (g, a) => [
    map((f, s) => f * s, softmax(a), along(g, a.shape[1])),
  ]),
  row(
    "mean",
    "mn",
    (x: Matrix) => mean(x, { axis: 1 }),
    (g, x) => [map((s) => s / x.shape[1], along(g, x.shape[1]))],
  ),
  row(
    "map",
    "mn mn",
    (x: Matrix, y: Matrix) => map((a, b) => a * a * b, x, y),
    (g, x, y) => [map((gi, a, b) => gi * 2 * a * b, g, x, y), map((gi, a) => gi * a * a, g, x)],
  ),
] as const;

test.each(table)("the gradients of $name() are its central differences", ({ shapes, f, grads }) => {
  const length = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(fc.record({ m: length, n: length, k: length }), fc.nat(), ({ m, n, k }, seed) => {
      const draw = (shape: readonly number[], stream: number): Tensor => {
        const { data } = zeros(shape, { dtype: "float64" });
        return { shape, data: normal(data, { seed, stream, counter: 0 }) };
      };
      const x = shapes.split(" ").map((letters, i) =>
        draw(
          [...letters].map((letter) => ({ m, n, k })[letter]!),
          i,
        ),
      );
      const value = (): Tensor => f(...(x as never[]));
      const g = draw(value().shape, 9);
      const loss = (): number => sum(map((a, b) => a * b, value(), g));
      const analytic = grads(g as never, ...(x as never[]));
      expect(analytic.length).toBe(x.length);
      analytic.forEach(({ shape, data }, i) => {
        expect(shape).toEqual(x[i]!.shape);
        expectAllClose(data, numericGradient(loss, x[i]!.data as Float64Array), {
          relative: 1e-6,
          absolute: 1e-8,
        });
      });
    }),
    { numRuns: 50 },
  );
});
