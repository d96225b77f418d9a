import type { Backend, Examples, FloatArray, Session, Targets, Zeros } from "@feedforward/tensor";
import { feedInputs, feedTargets, layOutTargets } from "./feed.ts";
import { type GradientWorkspace, layOutGradients, type Room } from "./gradients.ts";
import type { AnyLossDefinition } from "./loss.ts";
import type { Network } from "./network.ts";
import { type MutablePass, propagate } from "./passes.ts";
import { copyIn } from "./workspace.ts";

/** A network laid out on a backend together with one batch of targets and a loss. */
export interface Engine {
  readonly net: Network;
  readonly session: Session;
  readonly work: GradientWorkspace;
  readonly target: Int32Array | FloatArray;
  /** The mean loss of the last batch: one element. */
  readonly loss: FloatArray;
  readonly definition: AnyLossDefinition;
  /** Which rows make the batch. */
  readonly rows: Int32Array;
  readonly pass: MutablePass;
}

/** What an engine is made of. */
export interface EngineParts {
  readonly net: Network;
  readonly backend: Backend;
  /** Tells what the targets will be like. */
  readonly y: Targets;
  readonly definition: AnyLossDefinition;
  readonly batch: number;
  readonly seed: number;
  readonly room: Room;
}

/** Lays everything out in one go, `more` included, and copies the weights in. */
export function startEngine<T>(
  { net, backend, y, definition, batch, seed, room }: EngineParts,
  more: (zeros: Zeros, work: GradientWorkspace) => T,
): { readonly engine: Engine; readonly more: T } {
  const { session, buffers } = backend.open(net.dtype, (zeros) => {
    const work = layOutGradients(net, zeros, batch, room);
    const target = layOutTargets(zeros, y, batch, net.outputs);
    return { work, target, loss: zeros(1, "float"), more: more(zeros, work) };
  });
  const { work, target, loss } = buffers;
  copyIn(net, session, work);
  const rows = new Int32Array(batch);
  const pass: MutablePass = { training: false, seed, step: 0, layer: 0 };
  return {
    engine: { net, session, work, target, loss, definition, rows, pass },
    more: buffers.more,
  };
}

/**
 * Runs the `count` rows that `engine.rows` names as far as the loss and its gradient.
 *
 * Await what it returns, if anything, before reading `engine.loss` or the output.
 */
export function runToLoss(
  engine: Engine,
  examples: Examples,
  count: number,
): Promise<void> | undefined {
  const { net, session, work, target, loss, definition, rows, pass } = engine;
  feedInputs(session, net, work, rows, examples.x, count);
  feedTargets(session, target, rows, examples, count);
  propagate(net, session, work, count, pass);
  const a = work.at.at(-1)!.out;
  session.call(definition, work.gradH.at(-1)!, loss, a, target as never, count, net.outputs);
  return session.pull(loss, a);
}
