import type { FloatArray } from "@feedforward/tensor";
import type { Engine } from "./engine.ts";
import type { Network } from "./network.ts";

/** The arrays of a network's parameters, in order. */
export const arraysOf = (net: Network): readonly FloatArray[] =>
  net.layers.flatMap(({ params }) => params.map(({ data }) => data));

/** Copies the engine's weights back into the network, if all are finite; returns whether they are. */
export async function copyBack({ net, session, work }: Engine): Promise<boolean> {
  const { params } = work;
  await session.pull(...params);
  if (!params.every(allFinite)) return false;
  copy(arraysOf(net), params);
  return true;
}

/** Copies arrays of equal lengths. */
export function copy(to: readonly FloatArray[], from: readonly FloatArray[]): void {
  for (const [i, array] of to.entries()) array.set(from[i]!);
}

function allFinite(array: FloatArray): boolean {
  for (let i = 0; i < array.length; i++) if (!Number.isFinite(array[i])) return false;
  return true;
}
