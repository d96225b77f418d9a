import type { FloatArray, Shape, Zeros } from "@feedforward/tensor";
import type { Network } from "./network.ts";
import { expectLengths, layOut, lengthsOf, type Workspace } from "./workspace.ts";

/** A parameter as an optimizer takes it. */
export interface LaidParameter {
  readonly shape: Shape;
  readonly data: FloatArray;
}

/** A workspace that a loss and a backward pass write gradients into as well. */
export interface GradientWorkspace extends Workspace {
  /** The gradient of each layer's output, [batch, outputs]; the last is where a loss writes. */
  readonly gradH: readonly FloatArray[];
  /** The gradient of h(0), where it was asked for. */
  readonly gradX?: FloatArray;
  /** Those of `params`, with their shapes. */
  readonly parameters: readonly LaidParameter[];
  /** The gradient of each. */
  readonly grads: readonly FloatArray[];
}

/** Which gradients of outputs a workspace has room for. */
export interface Room {
  /** Of every layer, for a backward pass; else of the last alone, for a loss. */
  readonly backward: boolean;
  /** Of the input as well. */
  readonly gradX?: boolean;
}

/** Lays out the buffers of a network and room for gradients. Only allocates. */
export function layOutGradients(
  net: Network,
  zeros: Zeros,
  batch: number,
  room: Room,
): GradientWorkspace {
  const work = layOut(net, zeros, batch);
  const last = work.at.length - 1;
  const shapes = net.layers.flatMap(({ params }) => params.map(({ shape }) => shape));
  const grads = work.at.flatMap(({ grads = [] }, k) => {
    expectLengths(k, "grads", grads, lengthsOf(net.layers[k]!.params));
    return grads;
  });
  return {
    ...work,
    gradH: work.at.map(({ out }, k) =>
      zeros(room.backward || k === last ? out.length : 0, "float"),
    ),
    ...(room.gradX && { gradX: zeros(work.x.length, "float") }),
    parameters: work.params.map((data, i) => ({ shape: shapes[i]!, data })),
    grads,
  };
}
