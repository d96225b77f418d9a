import { closeSync, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Part, Reply, Request, Task } from "../src/protocol.ts";

// Libraries greet on the console: that is not for the harness.
console.log = console.info = console.warn = console.error;

/** One part of the data in memory. */
export interface Data<X extends Uint8Array | Float32Array> {
  readonly x: X;
  readonly y: Int32Array;
  readonly rows: number;
  readonly columns: number;
}

/** A task with its files read. */
export interface Material<X extends Uint8Array | Float32Array> {
  readonly task: Task;
  readonly train: Data<X>;
  readonly test: Data<X>;
  readonly order: Int32Array;
  readonly layers: readonly { readonly W: Float32Array; readonly b: Float32Array }[];
}

/** What a system does. It keeps its own place in the order of the examples. */
export interface Driver<X extends Uint8Array | Float32Array> {
  /** Which inputs it takes: floats between 0 and 1, or the files' own numbers. */
  readonly takes: "floats" | "raw";
  /** Builds the network; says what it is. */
  load(material: Material<X>): Promise<Record<string, string>> | Record<string, string>;
  /** The counts to come are multiples of this one. */
  prepare?(steps: number): Promise<void>;
  steps(count: number): Promise<void> | void;
  /** The probabilities of the first rows of the test part, [rows, classes]. */
  predict(rows: number): Promise<ArrayLike<number>> | ArrayLike<number>;
}

/** Answers the harness until it hangs up. */
export function serve<X extends Uint8Array | Float32Array>(driver: Driver<X>): void {
  let material: Material<X>;
  let resident = 0;

  async function answer(request: Request): Promise<Reply<Request>> {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    switch (request.op) {
      case "load": {
        material = read(request.task, driver.takes);
        const dataSeconds = seconds();
        resident = process.memoryUsage.rss();
        const about = await driver.load(material);
        return { dataSeconds, about: { ...about, runtime: `Node ${process.versions.node}` } };
      }
      case "prepare":
        await driver.prepare?.(request.steps);
        return {};
      case "steps":
        await driver.steps(request.steps);
        return { seconds: seconds() };
      case "loss": {
        const { task, test } = material;
        return {
          loss: crossEntropy(await driver.predict(request.rows), test.y, task.widths.at(-1)!),
        };
      }
      case "predict":
        for (let call = 0; call < request.calls; call++) await driver.predict(request.rows);
        return { seconds: seconds() };
      case "memory":
        return { data: resident, peak: process.resourceUsage().maxRSS * 1024 };
    }
  }

  createInterface({ input: process.stdin })
    .on("line", async (line) => {
      const reply = await answer(JSON.parse(line) as Request).catch((error: unknown) => ({
        error: String(error),
      }));
      process.stdout.write(`${JSON.stringify(reply)}\n`);
    })
    .on("close", () => process.exit());
}

/** The rows of the next mini-batch, in a buffer that is used again. */
export function batches({ order, task }: Material<never>): () => Int32Array {
  let at = 0;
  return () => {
    if (at + task.batch > order.length) at = 0;
    at += task.batch;
    return order.subarray(at - task.batch, at);
  };
}

/** A matrix of `rows` rows the other way round. */
export function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = matrix[r * columns + c]!;
  return out;
}

function crossEntropy(probabilities: ArrayLike<number>, y: Int32Array, classes: number): number {
  const rows = probabilities.length / classes;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum -= Math.log(probabilities[r * classes + y[r]!]!);
  return sum / rows;
}

function read<X extends Uint8Array | Float32Array>(
  task: Task,
  takes: "floats" | "raw",
): Material<X> {
  const part = ({ x, y, kind, rows, columns }: Part): Data<X> => {
    const size = rows * columns;
    const inputs =
      kind === "float32"
        ? fill(x, new Float32Array(size))
        : takes === "raw"
          ? fill(x, new Uint8Array(size))
          : fractions(x, size);
    return { x: inputs as X, y: fill(y, new Int32Array(rows)), rows, columns };
  };
  const { widths } = task;
  const sizes = widths.slice(1).map((out, k) => ({ W: out * widths[k]!, b: out }));
  const total = sizes.reduce((sum, { W, b }) => sum + W + b, 0);
  const weights = fill(task.weights, new Float32Array(total));
  let at = 0;
  const next = (length: number): Float32Array => {
    at += length;
    return weights.slice(at - length, at);
  };
  const layers = sizes.map(({ W, b }) => ({ W: next(W), b: next(b) }));
  const train = part(task.train);
  const order = fill(task.order, new Int32Array(2 * train.rows));
  return { task, train, test: part(task.test), order, layers };
}

/** Bytes divided by 255, read piece by piece so that they are never all in memory beside the floats. */
function fractions(path: string, size: number): Float32Array {
  const floats = new Float32Array(size);
  const piece = new Uint8Array(1 << 20);
  const file = openSync(path, "r");
  for (let at = 0, length = 0; at < size; at += length) {
    length = readSync(file, piece, 0, piece.length, at);
    if (length === 0) throw new Error(`${path} has ${at} bytes, not ${size}`);
    for (let i = 0; i < length; i++) floats[at + i] = piece[i]! / 255;
  }
  closeSync(file);
  return floats;
}

function fill<A extends Uint8Array | Float32Array | Int32Array>(path: string, into: A): A {
  const file = openSync(path, "r");
  const length = readSync(file, into, 0, into.byteLength, 0);
  closeSync(file);
  if (length !== into.byteLength)
    throw new Error(`${path} has ${length} bytes, not ${into.byteLength}`);
  return into;
}
