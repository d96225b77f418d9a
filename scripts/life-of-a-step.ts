import { read } from "./sources.ts";

/** A stop on the way of a training step: what happens, and the line that does it, which stands in its file once. */
interface Stop {
  readonly says: string;
  readonly file: string;
  readonly line: string;
}

/** The places of a step, in the order in which a number passes them. */
const chapters: readonly (readonly [title: string, stops: readonly Stop[]])[] = [
  [
    "Before the first step",
    [
      {
        says: "`for await` asks for a report, and the run begins: everything it will need is laid out in one go",
        file: "packages/mlp/src/engine.ts",
        line: "backend.open(net.dtype, (zeros) => {",
      },
      {
        says: "each layer says what it needs: W, b, their gradients, a(k), h(k)",
        file: "packages/mlp/src/dense.ts",
        line: 'const gradW = zeros(units * inputs, "float");',
      },
      {
        says: "the weights are copied in; the network's own stay on the heap",
        file: "packages/mlp/src/workspace.ts",
        line: "copy(params, arraysOf(net));",
      },
      {
        says: "an epoch begins with a new order of the examples, from (seed, epoch) alone",
        file: "packages/mlp/src/run.ts",
        line: "permutation(order, shuffleStream(pass.seed, epoch));",
      },
    ],
  ],
  [
    "Forward",
    [
      {
        says: "x = h(0): the rows of the mini-batch are copied to where the backend has them",
        file: "packages/mlp/src/feed.ts",
        line: "if (wide) raw.set(data.subarray(from, from + columns), to);",
      },
      {
        says: "and standardised there, column by column",
        file: "packages/tensor/src/gather-rows.ts",
        line: "out[to + j] = (x[from + j]! - mean[j]!) / std[j]!;",
      },
      {
        says: "layer after layer, each takes h(k-1) and leaves h(k)",
        file: "packages/mlp/src/passes.ts",
        line: ".layer.forward(session,",
      },
      {
        says: "a(k) = b(k) + W(k) h(k-1), for all rows at once: a product",
        file: "packages/mlp/src/dense.ts",
        line: "session.nt(at.a, x, at.W, rows, units, at.inputs, at.b);",
      },
      {
        says: "the innermost loop: four steps of k for two rows, in doubles, k ascending",
        file: "packages/tensor/src/blocks.ts",
        line: "sums[top] = sums[top]! + a00 * p0",
      },
      {
        says: "h(k) = g(a(k)), number by number: the activation's own function",
        file: "packages/mlp/src/element-wise.ts",
        line: "h[i] = g(a[i]!);",
      },
    ],
  ],
  [
    "The loss",
    [
      {
        says: "the loss and its gradient are one definition, run over the output and the targets",
        file: "packages/mlp/src/engine.ts",
        line: "session.call(definition, work.gradH.at(-1)!, loss, a,",
      },
      {
        says: "grad_a(L+1) = -(e(y) - f(x)) / N",
        file: "packages/losses/src/softmax-cross-entropy.ts",
        line: "// grad_a(L+1) = -(e(y) - f(x)) / N",
      },
      {
        says: "a loss that is not finite ends the run here, before it reaches a weight",
        file: "packages/mlp/src/run.ts",
        line: "if (!Number.isFinite(loss))",
      },
    ],
  ],
  [
    "Backward",
    [
      {
        says: "the layers again, from the last to the first",
        file: "packages/mlp/src/passes.ts",
        line: ".layer.backward(session,",
      },
      {
        says: "grad_a(k) = grad_h(k) * g'(a(k)), in place",
        file: "packages/mlp/src/element-wise.ts",
        line: "grad[i]! *= dg(a[i]!, h[i]!);",
      },
      {
        says: "grad_W(k) = grad_a(k)^T h(k-1): a product",
        file: "packages/mlp/src/dense.ts",
        line: "session.tn(at.gradW, grad, x, units, at.inputs, rows, 0);",
      },
      {
        says: "grad_b(k) = sum over rows of grad_a(k)",
        file: "packages/tensor/src/sum-rows.ts",
        line: "sum += x[i * columns + j]!;",
      },
      {
        says: "grad_h(k-1) = grad_a(k) W(k): a product; the first layer leaves it out",
        file: "packages/mlp/src/dense.ts",
        line: "session.nn(gradX, grad, at.W, rows, at.inputs, units);",
      },
    ],
  ],
  [
    "The update, and the way out",
    [
      {
        says: "the optimizer gets parameters, gradients, its state, and how to run a definition",
        file: "packages/mlp/src/run.ts",
        line: "optimizer.step(work.parameters, work.grads, state, session.call);",
      },
      {
        says: "w = w - α g",
        file: "packages/optim/src/sgd.ts",
        line: "call(sgdPlain, param.data, grads[i]!, rate, decay);",
      },
      {
        says: "after 50 ms of work the event loop gets a turn",
        file: "packages/mlp/src/run.ts",
        line: "const pause = breath();",
      },
      {
        says: "at a report, and on every way out, the weights go back into the network",
        file: "packages/mlp/src/weights.ts",
        line: "copy(arraysOf(net), params);",
      },
    ],
  ],
  [
    "The same on the kernels, down to the tile",
    [
      {
        says: "unless told, the backend is `wasm()`; nothing above knows",
        file: "packages/mlp/src/default-backend.ts",
        line: 'dtype === "float64" ? reference : wasm();',
      },
      {
        says: "one memory of just the size that the layout asked for, and room to pack",
        file: "packages/wasm/src/memory.ts",
        line: "const memory = memoryOf(end + bytes + LINE, shared);",
      },
      {
        says: "a definition's arguments become addresses and numbers, and its kernel runs",
        file: "packages/wasm/src/caller.ts",
        line: "else run(p[0]!, p[1]!,",
      },
      {
        says: "the first product turns W into panels of 32 units, in which it stays until someone reads it",
        file: "packages/wasm/src/panels.ts",
        line: "const one = isWorthIt || find(b) ? turn(b, n, k, true) : undefined;",
      },
      {
        says: "a product worth it is shared: each thread has columns of its own",
        file: "packages/wasm/src/session.ts",
        line: 'if (isShared) crew!.shareProduct("nn",',
      },
      {
        says: "a thread claims the next chunk, for as long as there is one",
        file: "packages/wasm/src/job.ts",
        line: "const ticket = Atomics.add(words, TICKET, 1);",
      },
      {
        says: "a(k) = b(k) + W(k) h(k-1): where much of h(k-1) is 0, only what is not is multiplied",
        file: "packages/wasm/assembly/product.ts",
        line: "sparseProduct(c, cStep, false, ROW, a, aStep, false, b, bStep, true, bBlock, bFinite, m, n, k, false, bias, scratch);",
      },
      {
        says: "there, the innermost loop takes a number of h(k-1) times 32 of W(k)",
        file: "packages/wasm/assembly/sparse.ts",
        line: "s0 = madd(factor, v128.load(y), s0);",
      },
      {
        says: "else rows of h(k-1) are packed in the order in which a tile reads them; panels of W(k) are read as they lie",
        file: "packages/wasm/assembly/product.ts",
        line: "panel = bAt;",
      },
      {
        says: "six rows by eight columns of a(k), begun from the bias",
        file: "packages/wasm/assembly/product.ts",
        line: "else if (bias) tilesOf(rows, panels, kNow, from, panel, step, next, bias + (jFrom << 2), 0, 32, at, cStep);",
      },
      {
        says: "the innermost loop: twelve accumulators of four numbers, two loads, k ascending",
        file: "packages/wasm/assembly/tile.ts",
        line: "c00 = madd(s, b0, c00);",
      },
      {
        says: "which multiplies and adds, rounded once where the machine can",
        file: "packages/wasm/assembly/lanes.ts",
        line: "return f32x4.relaxed_madd(x, y, z);",
      },
      {
        says: "h(k) = g(a(k)), four numbers at a time",
        file: "packages/wasm/assembly/activations.ts",
        line: "v128.store(h, valueOf(which, v128.load(a), c));",
      },
      {
        says: "grad_W(k) is written in panels too, and only at inputs that this batch or the last one uses",
        file: "packages/wasm/assembly/runs.ts",
        line: "const isNext = uses || load<u8>(before + i) != 0;",
      },
      {
        says: "w = w - α g, four at a time",
        file: "packages/wasm/assembly/optimizers.ts",
        line: "const next = madd(minusRate, madd(lambda, weight, get(g, part)), weight);",
      },
    ],
  ],
];

/** The line, counting from 1, on which a text stands in a file, once. */
function lineOf(file: string, text: string): number {
  const lines = read(file).split("\n");
  const found = lines.flatMap((line, i) => (line.includes(text) ? [i + 1] : []));
  if (found.length !== 1)
    throw new Error(
      `lineOf() expects "${text}" once in ${file}, but found it ${found.length} times`,
    );
  return found[0]!;
}

/** The way of a training step, with a link to each line on it. */
export const lifeOfAStep = (): string =>
  chapters
    .map(([title, stops]) => {
      const lines = stops.map(({ says, file, line }) => {
        const at = lineOf(file, line);
        return `- ${says}: [${file.replace(/^packages\/(.*?)\/(?:src|assembly)\//, "$1: ")}, line ${at}](${file}#L${at})`;
      });
      return [`**${title}**`, "", ...lines].join("\n");
    })
    .join("\n\n");
