export { affine } from "./affine.ts";
export { argmax } from "./argmax.ts";
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
export type { CreateOptions } from "./create.ts";
export { tensor } from "./create-tensor.ts";
export { define } from "./define.ts";
export type { Examples, Rows, Standardiser, Targets } from "./examples.ts";
export { dtypeOf, floatArray } from "./float-array.ts";
export { type GatherOptions, gather } from "./gather.ts";
export { gatherRows } from "./gather-rows.ts";
export { logSoftmax } from "./log-softmax.ts";
export { logSumExp, logSumExpRow } from "./log-sum-exp.ts";
export { map } from "./map.ts";
export { matmul } from "./matmul.ts";
export { matmulNT } from "./matmul-nt.ts";
export { matmulTN } from "./matmul-tn.ts";
export { matrix } from "./matrix.ts";
export { max } from "./max.ts";
export { mean } from "./mean.ts";
export { products } from "./products.ts";
export { normal, permutation, type Random, randomBlock, uniform } from "./random.ts";
export type { ReduceOptions } from "./reduce.ts";
export { reference } from "./reference.ts";
export { ShapeError } from "./shape-error.ts";
export { size } from "./size.ts";
export { softmax, softmaxRows } from "./softmax.ts";
export { softmaxBackward } from "./softmax-backward.ts";
export { sum } from "./sum.ts";
export { sumRows } from "./sum-rows.ts";
export type { Matrix, Shape, Tensor, TensorOf, Vector } from "./tensor.ts";
export { vector } from "./vector.ts";
export { zeros } from "./zeros.ts";
