export { accuracy } from "./accuracy.ts";
export { backward, type Gradients } from "./backward.ts";
export type { Forward } from "./core/forward.ts";
export type { Prediction } from "./core/predictor.ts";
export { type Dense, type DenseOptions, dense } from "./dense.ts";
export { type Dropout, dropout } from "./dropout.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export { type ForwardOptions, forward } from "./forward.ts";
export {
  type Disagreement,
  type GradientCheck,
  type GradientCheckOptions,
  gradientCheck,
} from "./gradient-check.ts";
export { type Fans, glorotUniform, heNormal, heUniform, type Initialiser } from "./initialisers.ts";
export type { Json, JsonObject } from "./json.ts";
export type { Layer, LayerBuffers, ParameterSpec, Pass, Training } from "./layer.ts";
export { type Loaded, type LoadOptions, load } from "./load.ts";
export type { Loss, LossDefinition } from "./loss.ts";
export type { Evaluation, Metric } from "./metric.ts";
export { type MlpOptions, mlp, type Network, type NetworkLayer } from "./network.ts";
export { type PredictOptions, predict } from "./predict.ts";
export { type PredictorOptions, predictor } from "./predictor.ts";
export { type SaveOptions, save } from "./save.ts";
export { type Summary, type SummaryRow, summary } from "./summary.ts";
export { train } from "./train.ts";
export type { EarlyStopping, Optimizer, Report, TrainOptions } from "./train-options.ts";
