import { type Matrix, ShapeError, type Tensor } from "@feedforward/tensor";
import { type Forward, matrixOf } from "./core/forward.ts";
import { backpropagate } from "./passes.ts";

/** The gradients of a loss. */
export interface Gradients {
  /** Of each layer's parameters, in the order of `net.layers`; of a dense layer W, then b. */
  readonly layers: readonly (readonly Tensor[])[];
  /** Of h(0), the standardised input, [rows, n(0)]. */
  readonly x: Matrix;
}

/**
 * A backward pass: the gradients of every parameter and of the input, out of that of the output.
 *
 * @param pass What `forward` returned. It can be used once for each gradient wanted.
 * @param gradOutput The gradient of h(L+1), [rows, n(L+1)]: what a loss returns as `grad`.
 * @throws {ShapeError} when `gradOutput` does not have the shape of the output.
 * @see Larochelle, Neural networks 2.7 (backpropagation).
 * @example
 * const net = mlp(2, [dense(2)], { seed: 1, dtype: "float64" });
 * const pass = forward(net, { shape: [1, 2], data: Float64Array.of(3, 4) });
 * const { layers } = backward(pass, { shape: [1, 2], data: Float64Array.of(1, -1) });
 * layers[0]?.[0]?.data // => Float64Array.of(3, 4, -3, -4)
 */
export function backward({ h, laid }: Forward, gradOutput: Matrix): Gradients {
  const { net, session, work } = laid;
  const { shape } = h.at(-1)!;
  const [rows, columns] = shape;
  if (
    gradOutput.shape[0] !== rows ||
    gradOutput.shape[1] !== columns ||
    gradOutput.data.length !== rows * columns
  )
    throw new ShapeError(
      `backward() expects gradOutput of [${rows}, ${columns}], the shape of the output, ` +
        `but gradOutput is [${gradOutput.shape.join(", ")}] with ${gradOutput.data.length} numbers`,
    );
  const last = work.gradH.at(-1)!;
  last.set(gradOutput.data);
  session.push(last);
  backpropagate(net, session, work, rows);
  session.pull(...work.grads, work.gradX!); // at once: forward() refuses a backend that does not
  let next = 0;
  const layers = net.layers.map(({ params }) =>
    params.map((param): Tensor => ({ shape: param.shape, data: work.grads[next++]!.slice() })),
  );
  return { layers, x: matrixOf(work.gradX!, rows, net.inputs) };
}
