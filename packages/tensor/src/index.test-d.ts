import { expectTypeOf, test } from "vitest";
import type { Matrix, Shape, Tensor, Vector } from "./index.ts";
import {
  affine,
  argmax,
  gather,
  map,
  matmul,
  matrix,
  max,
  softmax,
  sum,
  tensor,
  vector,
  zeros,
} from "./index.ts";

const M = matrix([[1]]);
const v = vector([1]);

test("a vector is no matrix, and a matrix no vector", () => {
  // @ts-expect-error: a vector for a matrix
  softmax(v);
  // @ts-expect-error: a vector for a matrix
  matmul(M, v);
  // @ts-expect-error: a matrix for a vector
  affine(M, M, M);
  // @ts-expect-error: rank 3
  argmax(zeros([1, 2, 3]));
  // @ts-expect-error: an array of rows is no tensor
  softmax([[1, 2]]);
  affine(M, v, M);
});

test("the rank of a tensor comes from its shape", () => {
  expectTypeOf(M).toEqualTypeOf<Matrix>();
  expectTypeOf(v).toEqualTypeOf<Vector>();
  expectTypeOf(zeros([2, 3])).toExtend<Matrix>();
  expectTypeOf(tensor([2], [1, 2])).toExtend<Vector>();
  expectTypeOf(zeros([] as number[])).toExtend<Tensor>();
  let W = zeros([2, 3]);
  W = zeros([4, 5]); // lengths are not part of the type
  expectTypeOf(W.shape[0]).toEqualTypeOf<number>();
  const shape: Shape = [2, 3];
  // @ts-expect-error: of unknown rank
  softmax(zeros(shape));
});

test("map() keeps the rank, and gives the function one number for each operand", () => {
  expectTypeOf(map((x) => -x, v)).toEqualTypeOf<Vector>();
  expectTypeOf(map((x, y, z) => x * y * z, M, M, M)).toEqualTypeOf<Matrix>();
  // @ts-expect-error: another rank
  map((x, y) => x + y, M, v);
  // @ts-expect-error: three numbers of two operands
  map((x, y, z) => x + y + z, M, M);
  // @ts-expect-error: no number comes out
  map((x) => String(x), M);
});

test("a reduction is a number, or a vector along an axis of a matrix", () => {
  expectTypeOf(sum(v)).toBeNumber();
  expectTypeOf(sum(M, { axis: 0 })).toEqualTypeOf<Vector>();
  expectTypeOf(argmax(M)).toExtend<Int32Array>();
  // @ts-expect-error: a vector has one axis
  sum(v, { axis: 0 });
  // @ts-expect-error: a matrix has two axes
  max(M, { axis: 2 });
});

test("options are spelt right", () => {
  zeros([1], { dtype: "float64" });
  // @ts-expect-error: no such dtype
  zeros([1], { dtype: "float16" });
  // @ts-expect-error: misspelt
  matrix([[1]], { type: "float64" });
  // @ts-expect-error: no such option
  gather(M, Int32Array.of(0), { standardizer: undefined });
  // @ts-expect-error: entries are numbers
  vector(["1"]);
});
