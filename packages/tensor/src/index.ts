export type {
  Backend,
  Buffer,
  Call,
  Definition,
  Dtype,
  FloatArray,
  Kinds,
  Products,
  Session,
  Zeros,
} from "./backend.ts";
export { define } from "./define.ts";
export type { Examples, Rows, Standardiser, Targets } from "./examples.ts";
export { gatherRows } from "./gather-rows.ts";
export { logSoftmax } from "./log-softmax.ts";
export { logSumExpRow } from "./log-sum-exp.ts";
export { products } from "./products.ts";
export { normal, permutation, type Random, randomBlock, uniform } from "./random.ts";
export { reference } from "./reference.ts";
export { ShapeError } from "./shape-error.ts";
export { softmax, softmaxRows } from "./softmax.ts";
export { softmaxBackward } from "./softmax-backward.ts";
export { sumRows } from "./sum-rows.ts";
export type { Matrix, Shape, Tensor, Vector } from "./tensor.ts";
