export * from "./activations";
export { exp, log } from "./elementary";
export * from "./elements";
export {
  meanSquaredErrorOfValues,
  negativeLogLikelihoodOfClasses,
  sigmoidCrossEntropyOfClasses,
  sigmoidCrossEntropyOfValues,
  softmaxCrossEntropyOfClasses,
  softmaxCrossEntropyOfValues,
} from "./losses";
export * from "./mask";
export {
  adam,
  adamScale,
  addScaled,
  clipToNorm,
  scale,
  sgd,
  sgdMomentum,
  sgdNesterov,
  trace,
  traceNesterov,
} from "./optimizers";
export { transposeEach } from "./panels";
export * from "./product";
export { addNorm, softmaxRows, sumRows } from "./reductions";
export { shareRoom } from "./room";
export { runBytes, sgdOfRuns } from "./runs";
