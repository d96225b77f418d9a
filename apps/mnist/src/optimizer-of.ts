import { adam, clipByGlobalNorm, type Optimizer, type Schedule, sgd } from "@feedforward/optim";
import type { TrainSettings } from "./train-settings.ts";

/** The optimizer that the settings ask for. */
export function optimizerOf(settings: TrainSettings, learningRate: Schedule): Optimizer<unknown> {
  const { optimizer, momentum, nesterov, weightDecay, clipNorm } = settings;
  const chosen: Optimizer<unknown> =
    optimizer === "adam"
      ? adam({ learningRate, weightDecay })
      : sgd({ learningRate, momentum, nesterov, weightDecay });
  return clipNorm === undefined ? chosen : clipped(chosen, clipNorm);
}

/** The same, of gradients whose norm is at most `norm`. */
function clipped<State>(optimizer: Optimizer<State>, norm: number): Optimizer<unknown> {
  const clip = clipByGlobalNorm(norm);
  type States = { readonly clip: ReturnType<typeof clip.init>; readonly rest: State };
  const both: Optimizer<States> = {
    init: (params, zeros) => ({
      clip: clip.init(params, zeros),
      rest: optimizer.init(params, zeros),
    }),
    step(params, grads, state, call) {
      clip.update(params, grads, state.clip, call);
      optimizer.step(params, grads, state.rest, call);
    },
  };
  return both;
}
