import { faultsOf, type Fault } from "./fault.ts";

const fault = faultsOf("packages/activations");

export const activations: readonly Fault[] = [
  fault("sigmoid.ts", "Math.exp(-a)", "Math.exp(a)", ""),
  fault("sigmoid.ts", "h * (1 - h)", "h * (1 + h)", ""),
  fault("sigmoid.ts", "(_a, h) => h * (1 - h)", "(a) => a * (1 - a)", ""),
  fault("tanh.ts", "1 - h * h", "1 + h * h", "g' is the central difference of g"),
  fault("tanh.ts", "(_a, h) => 1 - h * h", "(a) => 1 - a * a", ""),
  fault("relu.ts", "a <= 0 ? 0 : 1", "a < 0 ? 0 : 1", "g and g' equal PyTorch's"),
  fault("relu.ts", "a <= 0 ? 0 : 1", "a > 0 ? 1 : 0", ""),
  fault("relu.ts", "Math.max(0, a)", "a > 0 ? a : 0", "g passes NaN through"),
  fault("relu.ts", "gain: Math.SQRT2", "gain: 1", ""),
  fault("leaky-relu.ts", "(a > 0 ? 1 : slope)", "(a > 0 ? 1 : -slope)", ""),
  fault("leaky-relu.ts", "(a > 0 ? 1 : slope)", "(a >= 0 ? 1 : slope)", ""),
  fault("leaky-relu.ts", "(1 + slope * slope)", "(1 + slope)", ""),
  fault("elu.ts", "Math.expm1(a)", "(Math.exp(a) - 1)", ""),
  fault("elu.ts", "alpha * Math.exp(a)", "Math.exp(a)", ""),
  fault("elu.ts", "NEGATIVE_HALF * alpha * alpha", "NEGATIVE_HALF * alpha", ""),
  fault("elu.ts", '"elu", alpha), // g(a)', '"elu"), // g(a)', ""),
  fault("softplus.ts", "Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))", "Math.log1p(Math.exp(a))", ""),
  fault("softplus.ts", "sigmoid.g(a)", "sigmoid.g(-a)", ""),
  fault("linear.ts", "() => 1", "(a) => a", ""),
  fault("finite-option.ts", "Number.isFinite(value)", "!Number.isNaN(value)", ""),
];
