import { expect, test } from "vitest";
import * as module from "./index.ts";

const { affine, argmax, gather, map, matmul, matmulNT, matmulTN, matrix, max } = module;
const { mean, softmax, softmaxBackward, sum, vector, zeros } = module;

const refused = (f: () => unknown): string => {
  try {
    f();
  } catch (error) {
    return String(error);
  }
  return "accepted";
};

test("products name both shapes when they do not fit", () => {
  const [A, B] = [zeros([2, 3]), zeros([4, 5])];
  expect([
    refused(() => matmul(A, B)),
    refused(() => matmulNT(A, B)),
    refused(() => matmulTN(A, B)),
    refused(() => affine(A, zeros([3]), B)),
    refused(() => affine(A, zeros([2]), B)),
    refused(() => softmaxBackward(A, B)),
    refused(() => map((a, b) => a + b, A, B)),
  ]).toMatchInlineSnapshot(`
    [
      "ShapeError: matmul() expects B of 3 rows for A of [2, 3], but B is [4, 5]",
      "ShapeError: matmulNT() expects B of 3 columns for A of [2, 3], but B is [4, 5]",
      "ShapeError: matmulTN() expects B of 2 rows for A of [2, 3], but B is [4, 5]",
      "ShapeError: affine() expects b of [2] for W of [2, 3], but b is [3]",
      "ShapeError: affine() expects h of 3 columns for W of [2, 3], but h is [4, 5]",
      "ShapeError: softmaxBackward() expects gradF of [2, 3], the shape of f, but gradF is [4, 5]",
      "ShapeError: map() expects others[0] of [2, 3], the shape of x, but others[0] is [4, 5]",
    ]
  `);
});

test("dtypes are not mixed", () => {
  const [A, B] = [zeros([2, 2]), zeros([2, 2], { dtype: "float64" })];
  expect([
    refused(() => matmul(A, B)),
    refused(() => affine(A, zeros([2]), B)),
    refused(() => map((a, b, c) => a + b + c, A, A, B)),
  ]).toMatchInlineSnapshot(`
    [
      "TypeError: matmul() expects B of float32, the dtype of A, but B is float64",
      "TypeError: affine() expects h of float32, the dtype of W, but h is float64",
      "TypeError: map() expects others[1] of float32, the dtype of x, but others[1] is float64",
    ]
  `);
});

test("what is no tensor, or one of another rank, is named", () => {
  expect([
    refused(() => softmax([[1, 2]] as never)),
    refused(() => softmax(undefined as never)),
    refused(() => softmax({ shape: [1], data: [1] } as never)),
    refused(() => softmax({ shape: [1, 1], data: Int32Array.of(1) } as never)),
    refused(() => softmax(Object.create(null))),
    refused(() => softmax(vector([1]) as never)),
    refused(() => softmax({ shape: [2, 2], data: new Float32Array(3) })),
    refused(() => softmax({ shape: [-1, -3], data: new Float32Array(3) })),
    refused(() => affine(zeros([2, 2]), zeros([2, 1]) as never, zeros([1, 2]))),
  ]).toMatchInlineSnapshot(`
    [
      "TypeError: softmax() expects a as { shape, data } of floats, but a is Array: make tensors with matrix(), vector(), tensor() or zeros()",
      "TypeError: softmax() expects a as { shape, data } of floats, but a is undefined: make tensors with matrix(), vector(), tensor() or zeros()",
      "TypeError: softmax() expects a as { shape, data } of floats, but a is { data: Array }: make tensors with matrix(), vector(), tensor() or zeros()",
      "TypeError: softmax() expects a as { shape, data } of floats, but a is { data: Int32Array }: make tensors with matrix(), vector(), tensor() or zeros()",
      "TypeError: softmax() expects a as { shape, data } of floats, but a is Object: make tensors with matrix(), vector(), tensor() or zeros()",
      "ShapeError: softmax() expects a of rank 2, but a is [1]",
      "ShapeError: softmax() expects a of [2, 2] to hold 4 entries, but its data hold 3",
      "RangeError: softmax() expects a of whole lengths of 0 or more, but a is [-1, -3]",
      "ShapeError: affine() expects b of rank 1, but b is [2, 1]",
    ]
  `);
});

test("an axis is 0 or 1; a row has a greatest entry only when it has one; map() takes the function first", () => {
  const x = zeros([2, 0]);
  expect([
    refused(() => sum(x, { axis: 2 as never })),
    refused(() => mean(x, 0 as never)),
    refused(() => max(zeros([2]) as never, { axis: 0 })),
    refused(() => argmax(x)),
    refused(() => map(x as never, x)),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: sum() expects an axis of 0 or 1, but axis is 2: write sum(x, { axis: 0 })",
      "RangeError: mean() expects an axis of 0 or 1, but axis is undefined: write mean(x, { axis: 0 })",
      "ShapeError: max() expects x of rank 2, but x is [2]",
      "ShapeError: argmax() expects at least one column, but a is [2, 0]",
      "TypeError: map() expects a function, but f is object: write map(f, x)",
    ]
  `);
});

test("gather() names the row that there is not", () => {
  const x = matrix([
    [1, 2],
    [3, 4],
  ]);
  const standardiser = { mean: new Float32Array(2), std: new Float32Array(3) };
  expect([
    refused(() => gather(x, Int32Array.of(0, 2))),
    refused(() => gather(x, Int32Array.of(-1))),
    refused(() => gather(zeros([0, 2]), Int32Array.of(0))),
    refused(() => gather(x, [0] as never)),
    refused(() => gather(vector([1]) as never, Int32Array.of(0))),
    refused(() => gather({ shape: [1, 2], data: [1, 2] } as never, Int32Array.of(0))),
    refused(() => gather({ shape: [1, 2], data: new Uint8Array(3) }, Int32Array.of(0))),
    refused(() => gather(x, Int32Array.of(0), { standardiser })),
    refused(() => gather(x, Int32Array.of(0), { standardiser: {} as never })),
    refused(() => gather(x, Int32Array.of(0), { dtype: "int8" as never })),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: gather() expects rows in [0, 2), but rows[1] is 2: rows count from 0",
      "RangeError: gather() expects rows in [0, 2), but rows[0] is -1",
      "RangeError: gather() expects rows in [0, 0), but rows[0] is 0: rows count from 0",
      "TypeError: gather() expects rows in an Int32Array, but rows is Array: write Int32Array.from(rows)",
      "ShapeError: gather() expects x of rank 2, but x is [1]",
      "TypeError: gather() expects x as { shape, data } of floats or bytes, but x is { data: Array }",
      "ShapeError: gather() expects x of [1, 2] to hold 2 entries, but its data hold 3",
      "ShapeError: gather() expects a std for each column of x of [2, 2], but std has 3 entries",
      "ShapeError: gather() expects a mean for each column of x of [2, 2], but mean has no entries",
      "RangeError: gather() expects dtype "float32" or "float64", but dtype is "int8"",
    ]
  `);
});
