import { type Fault, faultsOf } from "./fault.ts";

const fault = faultsOf("packages/activations");

// biome-ignore format: one fault a line
export const activations: readonly Fault[] = [
  fault("sigmoid.ts", "Math.exp(-a)", "Math.exp(a)", "sigmoid > g' is the central difference of g"),
  fault("sigmoid.ts", "h * (1 - h)", "h * (1 + h)", "sigmoid > g' is the central difference of g"),
  fault("sigmoid.ts", "(_a, h) => h * (1 - h)", "(a) => a * (1 - a)", "sigmoid > g' is the central difference of g"),
  fault("tanh.ts", "1 - h * h", "1 + h * h", "g' is the central difference of g"),
  fault("tanh.ts", "(_a, h) => 1 - h * h", "(a) => 1 - a * a", "tanh > g' is the central difference of g"),
  fault("relu.ts", "Number(!(a <= 0))", "Number(!(a < 0))", "g and g' equal PyTorch's"),
  fault("relu.ts", "Number(!(a <= 0))", "Number(a > 0)", "relu > g and g' equal PyTorch's"),
  fault("relu.ts", "Math.max(0, a)", "a > 0 ? a : 0", "g passes NaN through"),
  fault("relu.ts", "gain: Math.SQRT2", "gain: 1", "relu > its gain keeps the mean square of a standard normal"),
  fault("leaky-relu.ts", "(a > 0 ? 1 : slope)", "(a > 0 ? 1 : -slope)", "leakyRelu() > g' is the central difference of g"),
  fault("leaky-relu.ts", "(a > 0 ? 1 : slope)", "(a >= 0 ? 1 : slope)", "leakyRelu() > g and g' equal PyTorch's"),
  fault("leaky-relu.ts", "(1 + slope * slope)", "(1 + slope)", "leakyRelu() > its gain keeps the mean square of a standard normal"),
  fault("elu.ts", "Math.expm1(a)", "(Math.exp(a) - 1)", "a negative zero stays one, but for relu(), where it is 0"),
  fault("elu.ts", "alpha * Math.exp(a)", "Math.exp(a)", 'elu({"alpha":2}) > g\' is the central difference of g'),
  fault("elu.ts", "NEGATIVE_HALF * alpha * alpha", "NEGATIVE_HALF * alpha", 'elu({"alpha":2}) > its gain keeps the mean square of a standard normal'),
  fault("elu.ts", '"elu", alpha), // g(a)', '"elu"), // g(a)', "elu() > is named as its export"),
  fault("softplus.ts", "Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))", "Math.log1p(Math.exp(a))", "softplus() neither overflows nor loses its tail"),
  fault("softplus.ts", "sigmoid.g(a)", "sigmoid.g(-a)", "softplus > g' is the central difference of g"),
  fault("linear.ts", "() => 1", "(a) => a", "linear > g' is the central difference of g"),
  fault("finite-option.ts", "Number.isFinite(value)", "!Number.isNaN(value)", "elu() refuses an alpha that is no finite number"),
];
