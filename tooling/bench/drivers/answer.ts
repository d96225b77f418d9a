import type { Profile, Replies, Reply, Request, Task } from "../src/protocol.ts";

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
  profile?(steps: number): Promise<Profile>;
}

/** Where a system runs: what reads its files, and may know its memory. */
export interface Host<X extends Uint8Array | Float32Array> {
  read(task: Task, takes: "floats" | "raw"): Material<X> | Promise<Material<X>>;
  memory?(): Replies["memory"];
}

/** Answers the harness's requests with what a system does. */
export function answering<X extends Uint8Array | Float32Array>(
  driver: Driver<X>,
  host: Host<X>,
): (request: Request) => Promise<Reply<Request>> {
  let material: Material<X>;
  return async (request) => {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    switch (request.op) {
      case "load": {
        material = await host.read(request.task, driver.takes);
        const dataSeconds = seconds();
        return { dataSeconds, about: await driver.load(material) };
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
        if (!host.memory) throw new Error("its memory is not known");
        return host.memory();
      case "profile":
        if (!driver.profile) throw new Error("it has no profile");
        return driver.profile(request.steps);
    }
  };
}

/** The initial weights of each layer, out of one array of all. */
export function layersOf({ widths }: Task, weights: Float32Array): Material<never>["layers"] {
  let at = 0;
  const next = (length: number): Float32Array => {
    at += length;
    return weights.slice(at - length, at);
  };
  return widths.slice(1).map((out, k) => ({ W: next(out * widths[k]!), b: next(out) }));
}

/** How many weights a task's network has. */
export const weightsIn = ({ widths }: Task): number =>
  widths.slice(1).reduce((sum, out, k) => sum + out * (widths[k]! + 1), 0);

function crossEntropy(probabilities: ArrayLike<number>, y: Int32Array, classes: number): number {
  const rows = probabilities.length / classes;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum -= Math.log(probabilities[r * classes + y[r]!]!);
  return sum / rows;
}
