import type { Backend, FloatArray, Matrix, Rows, Session } from "@feedforward/tensor";
import { checkRows } from "../check-examples.ts";
import { whileTraining } from "../draw-mask.ts";
import { expectSeed, expectStep } from "../expectations.ts";
import { feedInputs } from "../feed.ts";
import type { ForwardOptions as AnyForwardOptions } from "../forward.ts";
import { type GradientWorkspace, layOutGradients } from "../gradients.ts";
import type { Network } from "../network.ts";
import { propagate } from "../passes.ts";
import { copyIn } from "../workspace.ts";

/** The options of forward(), and what executes it. */
export interface ForwardOptions extends AnyForwardOptions {
  readonly backend: Backend;
}

/** Everything that a forward pass computed: what the slides keep for the backward pass. */
export interface Forward {
  /** a(k) of layer k = 1, 2, ... at index k - 1; undefined for a layer without one. [rows, n(k)] */
  readonly a: readonly (Matrix | undefined)[];
  /** h(k) at index k, from h(0), the standardised input, to h(L+1), the output. [rows, n(k)] */
  readonly h: readonly Matrix[];
  /** What the layers laid out, for `backward`. */
  readonly laid: Laid;
}

/** A network laid out for one batch. */
export interface Laid {
  readonly net: Network;
  readonly session: Session;
  readonly work: GradientWorkspace;
}

/** `forward` of @feedforward/mlp, on a backend that is always named. */
export function forward(
  net: Network,
  x: Rows,
  { training = false, seed = net.seed, step = 0, backend }: ForwardOptions,
): Forward {
  checkRows("forward", "x", net, x);
  expectSeed("forward", seed);
  expectStep("forward", step);
  const rows = x.shape[0];
  const room = { backward: true, gradX: true };
  const { session, buffers: work } = backend.open(net.dtype, (zeros) =>
    layOutGradients(net, zeros, rows, room),
  );
  copyIn(net, session, work);
  const inOrder = Int32Array.from({ length: rows }, (_, r) => r);
  feedInputs(session, net, work, inOrder, x, rows);
  const pass = { training: training && whileTraining, seed, step, layer: 0 };
  propagate(net, session, work, rows, pass);
  const read = work.at.flatMap((at) => (at.a ? [at.a, at.out] : [at.out]));
  if (session.pull(work.x, ...read))
    throw new TypeError(
      `forward() expects a backend that computes at once, but ${backend.name} does not: leave out backend`,
    );
  const a: (Matrix | undefined)[] = [];
  const h: Matrix[] = [matrixOf(work.x, rows, net.inputs)];
  net.layers.forEach(({ layer }, k) => {
    const at = work.at[k]!;
    const columns = layer.outputs(h[k]!.shape[1]);
    a.push(at.a && matrixOf(at.a, rows, columns));
    h.push(matrixOf(at.out, rows, columns));
  });
  return { a, h, laid: { net, session, work } };
}

/** A copy of a buffer, [rows, columns]. */
export const matrixOf = (buffer: FloatArray, rows: number, columns: number): Matrix => ({
  shape: [rows, columns],
  data: buffer.slice(),
});
