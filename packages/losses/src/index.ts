export type { Loss, LossAndGradient, LossDefinition } from "./loss.ts";
export { type ClassesParts, type LossInput, makeLoss, type ValuesParts } from "./make-loss.ts";
export { meanSquaredError } from "./mean-squared-error.ts";
export { negativeLogLikelihood } from "./negative-log-likelihood.ts";
export { sigmoidCrossEntropy } from "./sigmoid-cross-entropy.ts";
export { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
