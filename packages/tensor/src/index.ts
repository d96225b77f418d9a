export type {
  Backend,
  Buffer,
  Call,
  Definition,
  FloatArray,
  Kinds,
  Products,
  Session,
  Zeros,
} from "./backend.ts";
export type { Examples, Rows, Standardiser, Targets } from "./examples.ts";
export { ShapeError } from "./shape-error.ts";
export type { Matrix, Shape, Tensor, Vector } from "./tensor.ts";
