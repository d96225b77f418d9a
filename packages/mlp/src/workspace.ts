import {
  type FloatArray,
  type Session,
  ShapeError,
  type Tensor,
  type Zeros,
} from "@feedforward/tensor";
import type { LayerBuffers } from "./layer.ts";
import type { Network } from "./network.ts";
import { refuse } from "./refuse.ts";

/** A parameter where a backend has it. */
export interface LaidParameter {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

/** The buffers of a forward pass: of one network, for one batch. */
export interface Workspace {
  readonly batch: number;
  /** h(0), [batch, inputs]. */
  readonly x: FloatArray;
  /** What each layer laid out. */
  readonly at: readonly LayerBuffers[];
  readonly params: readonly LaidParameter[];
}

/** Lays out the buffers of a network for up to `batch` rows. Only allocates. */
export function layOut(net: Network, zeros: Zeros, batch: number): Workspace {
  const x = zeros(batch * net.inputs, "float");
  let width = net.inputs;
  const params: LaidParameter[] = [];
  const at = net.layers.map(({ layer, params: tensors }, k) => {
    const laid = layer.layout(zeros, batch, width);
    width = layer.outputs(width);
    const buffers = laid.params ?? [];
    expectLengths(k, "out", [laid.out], [batch * width]);
    if (laid.a) expectLengths(k, "a", [laid.a], [batch * width]);
    expectLengths(k, "params", buffers, lengthsOf(tensors));
    for (const [i, { shape }] of tensors.entries()) params.push({ shape, data: buffers[i]! });
    return laid;
  });
  return { batch, x, at, params };
}

/** Copies the network's weights into the workspace. */
export function copyIn(net: Network, session: Session, { params }: Workspace): void {
  const tensors = net.layers.flatMap((entry) => entry.params);
  for (const [i, { data }] of params.entries()) data.set(tensors[i]!.data);
  session.push(...params.map(({ data }) => data));
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
