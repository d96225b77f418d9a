import {
  type Activation,
  elu,
  leakyRelu,
  linear,
  relu,
  sigmoid,
  softplus,
  tanh,
} from "@feedforward/activations";

/** What `--activation` may name. */
export const activations: Readonly<Record<string, Activation>> = {
  relu,
  tanh,
  sigmoid,
  "leaky-relu": leakyRelu(),
  elu: elu(),
  softplus,
  linear,
};
