import type { Session } from "@feedforward/tensor";
import type { GradientWorkspace } from "./gradients.ts";
import type { Pass } from "./layer.ts";
import type { Network } from "./network.ts";
import type { Workspace } from "./workspace.ts";

/** A pass that a run changes from step to step, instead of making a new one. */
export type MutablePass = { -readonly [K in keyof Pass]: Pass[K] };

/** From h(0) in `work.x` to h(L+1), through the first `rows` rows. */
export function propagate(
  net: Network,
  session: Session,
  work: Workspace,
  rows: number,
  pass: MutablePass,
): void {
  let h = work.x;
  for (let k = 0; k < net.layers.length; k++) {
    pass.layer = k;
    net.layers[k]!.layer.forward(session, work.at[k]!, h, rows, pass);
    h = work.at[k]!.out;
  }
}

/** From the gradient of the output, in the last of `work.gradH`, to every gradient there is room for. */
export function backpropagate(
  net: Network,
  session: Session,
  work: GradientWorkspace,
  rows: number,
): void {
  for (let k = net.layers.length - 1; k >= 0; k--) {
    const h = k > 0 ? work.at[k - 1]!.out : work.x;
    const gradX = k > 0 ? work.gradH[k - 1] : work.gradX;
    net.layers[k]!.layer.backward(session, work.at[k]!, h, rows, work.gradH[k]!, gradX);
  }
}
