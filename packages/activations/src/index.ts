export type { Activation } from "./activation.ts";
export { type EluOptions, elu } from "./elu.ts";
export { type LeakyReluOptions, leakyRelu } from "./leaky-relu.ts";
export { linear } from "./linear.ts";
export { relu } from "./relu.ts";
export type { Scalar } from "./scalar.ts";
export { sigmoid } from "./sigmoid.ts";
export { softplus } from "./softplus.ts";
export { tanh } from "./tanh.ts";
