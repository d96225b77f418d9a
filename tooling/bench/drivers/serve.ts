import { closeSync, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Part, Reply, Request, Task } from "../src/protocol.ts";
import { answering, type Data, type Driver, layersOf, type Material, weightsIn } from "./answer.ts";

export type { Data, Material } from "./answer.ts";

// Libraries greet on the console: that is not for the harness.
console.log = console.info = console.warn = console.error;

/** Answers the harness until it hangs up. */
export function serve<X extends Uint8Array | Float32Array>(driver: Driver<X>): void {
  let resident = 0;
  const answer = answering(driver, {
    read(task, takes) {
      const material = read<X>(task, takes);
      resident = process.memoryUsage.rss();
      return material;
    },
    memory: () => ({ data: resident, peak: process.resourceUsage().maxRSS * 1024 }),
  });
  answerLines(async (request) => {
    const reply = await answer(request);
    if (!("about" in reply)) return reply;
    return { ...reply, about: { ...reply.about, runtime: `Node ${process.versions.node}` } };
  });
}

/** Answers each line of JSON with another, until there are no more. */
export function answerLines(answer: (request: Request) => Promise<Reply<Request>>): void {
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
  const layers = layersOf(task, fill(task.weights, new Float32Array(weightsIn(task))));
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
