import {
  type FloatArray,
  type Session,
  ShapeError,
  type Standardiser,
  type Tensor,
  type Zeros,
} from "@feedforward/tensor";
import type { LayerBuffers } from "./layer.ts";
import type { Network } from "./network.ts";
import { refuse } from "./refuse.ts";
import { arraysOf, copy } from "./weights.ts";

/** A network's standardiser where a backend has it, for rows of bytes. */
export interface LaidStandardiser extends Standardiser {
  /** The rows of the batch, as they are: [batch, inputs]. */
  readonly raw: Uint8Array;
  /** 0, 1, 2, ...: the rows are in place already. */
  readonly inOrder: Int32Array;
}

/** The buffers of a forward pass: of one network, for one batch. */
export interface Workspace {
  readonly batch: number;
  /** h(0), [batch, inputs]. */
  readonly x: FloatArray;
  /** What each layer laid out. */
  readonly at: readonly LayerBuffers[];
  /** The parameters of all layers, in order. */
  readonly params: readonly FloatArray[];
  readonly standardiser: LaidStandardiser | undefined;
}

/** Lays out the buffers of a network for up to `batch` rows. Only allocates. */
export function layOut(net: Network, zeros: Zeros, batch: number): Workspace {
  const x = zeros(batch * net.inputs, "float");
  let width = net.inputs;
  const at = net.layers.map(({ layer, params }, k) => {
    const laid = layer.layout(zeros, batch, width);
    width = layer.outputs(width);
    expectLengths(k, "out", [laid.out], [batch * width]);
    if (laid.a) expectLengths(k, "a", [laid.a], [batch * width]);
    expectLengths(k, "params", laid.params ?? [], lengthsOf(params));
    return laid;
  });
  const params = at.flatMap(({ params = [] }) => params);
  const standardiser = net.standardiser && {
    mean: zeros(net.inputs, "float"),
    std: zeros(net.inputs, "float"),
    raw: zeros(batch * net.inputs, "uint8"),
    inOrder: zeros(batch, "int32"),
  };
  return { batch, x, at, params, standardiser };
}

/** Copies the network's weights and its standardiser into the workspace. */
export function copyIn(net: Network, session: Session, { params, standardiser }: Workspace): void {
  copy(params, arraysOf(net));
  session.push(...params);
  if (!standardiser) return;
  const { mean, std, inOrder } = standardiser;
  mean.set(net.standardiser!.mean);
  std.set(net.standardiser!.std);
  for (let r = 0; r < inOrder.length; r++) inOrder[r] = r;
  session.push(mean, std, inOrder);
}

/** Throws unless what layer `k` laid out under a name are buffers of such lengths. */
export function expectLengths(
  k: number,
  name: string,
  buffers: readonly FloatArray[],
  lengths: readonly number[],
): void {
  const found = buffers.map(({ length }) => length);
  if (String(found) !== String(lengths))
    refuse(
      ShapeError,
      `layers[${k}].layout`,
      `${name} of lengths [${lengths.join(", ")}]`,
      `${name} has lengths [${found.join(", ")}]`,
    );
}

export const lengthsOf = (tensors: readonly Tensor[]): readonly number[] =>
  tensors.map(({ data }) => data.length);
