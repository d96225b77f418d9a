import type { FloatArray, Session, Zeros } from "@feedforward/tensor";
import { ShapeError, size } from "@feedforward/tensor";
import type { LayerBuffers } from "./layer.ts";
import type { Network } from "./network.ts";

/** A parameter where a backend has it. */
export interface LaidParameter {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

/** All the buffers of one network for one batch. */
export interface Workspace {
  readonly batch: number;
  /** h(0), [batch, inputs]. */
  readonly x: FloatArray;
  /** What each layer laid out. */
  readonly at: readonly LayerBuffers[];
  /** The gradient of each layer's output, [batch, outputs]; the last is where a loss writes. */
  readonly gradH: readonly FloatArray[];
  /** The gradient of h(0), where it was asked for. */
  readonly gradX?: FloatArray;
  readonly params: readonly LaidParameter[];
  readonly grads: readonly FloatArray[];
}

/** Which gradients of outputs a workspace has room for. */
export interface Room {
  /** Of every layer, for a backward pass; else of the last alone, for a loss. */
  readonly backward: boolean;
  /** Of the input as well. */
  readonly gradX?: boolean;
}

/** Lays out the buffers of a network for up to `batch` rows. Only allocates. */
export function layOut(net: Network, zeros: Zeros, batch: number, room: Room): Workspace {
  const x = zeros(batch * net.inputs, "float");
  const last = net.layers.length - 1;
  let width = net.inputs;
  const at: LayerBuffers[] = [];
  const gradH: FloatArray[] = [];
  const params: LaidParameter[] = [];
  const grads: FloatArray[] = [];
  net.layers.forEach(({ layer, params: tensors }, k) => {
    const laid = layer.layout(zeros, batch, width);
    width = layer.outputs(width);
    const shapes = tensors.map(({ shape }) => shape);
    const buffers = laid.params ?? [];
    const caller = `layers[${k}].layout() of ${layer.name}`;
    expectBuffers(caller, "out", [laid.out], [[batch, width]]);
    if (laid.a) expectBuffers(caller, "a", [laid.a], [[batch, width]]);
    expectBuffers(caller, "params", buffers, shapes);
    expectBuffers(caller, "grads", laid.grads ?? [], shapes);
    at.push(laid);
    gradH.push(zeros(room.backward || k === last ? batch * width : 0, "float"));
    for (const [i, shape] of shapes.entries()) params.push({ shape, data: buffers[i]! });
    grads.push(...(laid.grads ?? []));
  });
  const gradX = room.gradX ? { gradX: zeros(batch * net.inputs, "float") } : {};
  return { batch, x, at, gradH, ...gradX, params, grads };
}

/** Copies the network's weights into the workspace. */
export function copyIn(net: Network, session: Session, { params }: Workspace): void {
  const tensors = net.layers.flatMap((entry) => entry.params);
  for (const [i, { data }] of params.entries()) data.set(tensors[i]!.data);
  session.push(...params.map(({ data }) => data));
}

function expectBuffers(
  caller: string,
  name: string,
  buffers: readonly FloatArray[],
  shapes: readonly (readonly number[])[],
): void {
  const fits = (shape: readonly number[], i: number): boolean => buffers[i]?.length === size(shape);
  if (buffers.length !== shapes.length || !shapes.every(fits))
    throw new ShapeError(
      `${caller} expects ${name} for ${shapes.map((shape) => `[${shape.join(", ")}]`).join(", ") || "nothing"}, ` +
        `but ${name} has lengths [${buffers.map(({ length }) => length).join(", ")}]`,
    );
}
