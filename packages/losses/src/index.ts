export type { Loss, LossAndGradient, LossDefinition } from "./loss.ts";
export type { ClassesParts, LossInput, ValuesParts } from "./loss-of.ts";
export { makeLoss } from "./make-loss.ts";
export { meanSquaredError } from "./mean-squared-error.ts";
export { negativeLogLikelihood } from "./negative-log-likelihood.ts";
export { sigmoidCrossEntropy } from "./sigmoid-cross-entropy.ts";
export { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
