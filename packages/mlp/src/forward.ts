import type { Session } from "@feedforward/tensor";
import {
  type Backend,
  type FloatArray,
  type Matrix,
  type Rows,
  reference,
} from "@feedforward/tensor";
import { checkRows } from "./check-examples.ts";
import { whileTraining } from "./draw-mask.ts";
import { expectSeed, expectStep } from "./expectations.ts";
import { feedInputs } from "./feed.ts";
import { type GradientWorkspace, layOutGradients } from "./gradients.ts";
import type { Network } from "./network.ts";
import { propagate } from "./passes.ts";
import { copyIn } from "./workspace.ts";

/** How a forward pass departs from its defaults. */
export interface ForwardOptions {
  /** Whether dropout acts; false unless told. */
  readonly training?: boolean;
  /** Of dropout; the network's own unless told. */
  readonly seed?: number;
  /** Of dropout: the masks of this step; 0 unless told. */
  readonly step?: number;
  /** `reference` unless told. It must compute at once, as those on the CPU do. */
  readonly backend?: Backend;
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

/**
 * A forward pass that keeps every a(k) and h(k): h(0) = x, a(k) = b(k) + W(k) h(k-1), h(k) = g(a(k)).
 *
 * For looking inside; `train`, `evaluate` and `predict` lay their memory out once and run faster.
 *
 * @param x Raw rows, [rows, n(0)]; standardised as the network says.
 * @throws {RangeError} when a number in `x`, the seed or the step is out of range.
 * @throws {ShapeError} when `x` does not fit the network.
 * @throws {TypeError} when the backend does not compute at once.
 * @see Larochelle, Neural networks 1.5 and 2.3.
 * @example
 * const net = mlp(2, [dense(3, relu), dense(2)], { seed: 1 });
 * const { a, h } = forward(net, { shape: [1, 2], data: Float32Array.of(0, 0) });
 * a.length // => 2
 * h.map(({ shape }) => shape[1]) // => [2, 3, 2]
 */
export function forward(
  net: Network,
  x: Rows,
  { training = false, seed = net.seed, step = 0, backend = reference }: ForwardOptions = {},
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
  feedInputs(
    session,
    net,
    work,
    Int32Array.from({ length: rows }, (_, r) => r),
    x,
    rows,
  );
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
