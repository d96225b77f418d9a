import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import golden from "./golden/golden.json" with { type: "json" };
import type { CreateOptions, Matrix } from "./index.ts";
import * as tensor from "./index.ts";

const { affine, logSoftmax, logSumExp, matmul, matmulTN, softmax, softmaxBackward, sum, vector } =
  tensor;

type Rows = readonly (readonly (number | string)[])[];
const matrix = (rows: Rows, options: CreateOptions): Matrix =>
  tensor.matrix(
    rows.map((row) => row.map(Number)),
    options,
  );
const flat = (rows: Rows): number[] => rows.flat().map(Number);

describe.each([
  ["float64", { relative: 1e-13, absolute: 1e-14 }],
  ["float32", { relative: 1e-5, absolute: 1e-5 }],
] as const)("in %s, PyTorch agrees on", (dtype, tolerance) => {
  test.each(golden.logits)("the softmax family of logits that are $name", (row) => {
    // float32 has no 1 + 1e-12, nor 1e-300; the softmax does not mind.
    const a = matrix(row.a, { dtype });
    expectAllClose(softmax(a).data, flat(row.softmax), tolerance);
    expectAllClose(logSoftmax(a).data, flat(row.logSoftmax), tolerance);
    expectAllClose(logSumExp(a).data, row.logSumExp.map(Number), tolerance);
    const gradA = softmaxBackward(matrix(row.softmax, { dtype }), matrix(row.gradF, { dtype }));
    expectAllClose(gradA.data, flat(row.gradA), tolerance);
  });

  test.each(golden.affine)("affine, and its gradients by the other products", (row) => {
    const [W, h, gradA] = [
      matrix(row.W, { dtype }),
      matrix(row.h, { dtype }),
      matrix(row.gradA, { dtype }),
    ];
    const a = affine(W, vector(row.b, { dtype }), h);
    expect(a.shape).toEqual([row.h.length, row.b.length]);
    expectAllClose(a.data, flat(row.affine), tolerance);
    expectAllClose(matmulTN(gradA, h).data, flat(row.gradW), tolerance);
    expectAllClose(sum(gradA, { axis: 0 }).data, row.gradB, tolerance);
    expectAllClose(matmul(gradA, W).data, flat(row.gradH), tolerance);
  });
});
