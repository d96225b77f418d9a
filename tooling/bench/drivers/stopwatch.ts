import type { Backend, Buffer, FloatArray, Session } from "@feedforward/tensor";
import type { ProfilePart } from "../src/protocol.ts";

/** Adds up where the time of a backend's sessions goes. */
export interface Stopwatch {
  /** The backend, timed call by call. */
  over(backend: Backend): Backend;
  reset(): void;
  parts(): ProfilePart[];
}

/** What a kernel is for, and how often it reads or writes a float for each element. */
const definitions: readonly (readonly [tags: RegExp, name: string, streams: number])[] = [
  [/^gatherRows$/, "scaling the rows", 2],
  [/Derivative$/, "activation, backwards", 3],
  [/(Entropy|Likelihood|Error)Of/, "loss and its gradient", 2],
  [/^sumRows$/, "gradient of the biases", 1],
  [/^sgd$/, "update", 3],
  [/^sgd/, "update", 5],
  [/^adam/, "update", 7],
  [/^(linear|sigmoid|tanh|relu|leakyRelu|elu|softplus)$/, "activation", 2],
];

const isFloats = (arg: Buffer | number): arg is FloatArray =>
  arg instanceof Float32Array || arg instanceof Float64Array;

/**
 * A stopwatch.
 *
 * What passes between the end of a call and the `push` after it is the host's work for that push: bringing
 * in rows. The time between other calls belongs to no part.
 */
export function stopwatch(now = (): number => performance.now()): Stopwatch {
  const parts = new Map<string, { -readonly [K in keyof ProfilePart]: ProfilePart[K] }>();
  let last = now();

  function add(name: string, from: number, operations: number, bytes: number): void {
    last = now();
    let part = parts.get(name);
    if (!part) {
      part = { name, calls: 0, seconds: 0, operations: 0, bytes: 0 };
      parts.set(name, part);
    }
    part.calls++;
    part.seconds += (last - from) / 1000;
    part.operations += operations;
    part.bytes += bytes;
  }

  function addProduct(layout: string, from: number, m: number, n: number, k: number): void {
    add(`${layout} ${m} ${n} ${k}`, from, 2 * m * n * k, 4 * (m * n + m * k + n * k));
  }

  const timed = (session: Session): Session => ({
    call(f, ...args) {
      const from = now();
      session.call(f, ...args);
      const tag = f.kernel?.[0];
      const floats = args.filter(isFloats);
      const known = definitions.find(([tags]) => tag !== undefined && tags.test(tag));
      const [, name, streams] = known ?? [
        "",
        tag ?? "a definition without a kernel",
        floats.length,
      ];
      const elements = Math.max(0, ...floats.map(({ length }) => length));
      add(name, from, 0, 4 * streams * elements);
    },
    nt(c, a, b, m, n, k, bias) {
      const from = now();
      session.nt(c, a, b, m, n, k, bias);
      addProduct("nt", from, m, n, k);
    },
    nn(c, a, b, m, n, k) {
      const from = now();
      session.nn(c, a, b, m, n, k);
      addProduct("nn", from, m, n, k);
    },
    tn(c, a, b, m, n, k, beta) {
      const from = now();
      session.tn(c, a, b, m, n, k, beta);
      addProduct("tn", from, m, n, k);
    },
    push(...buffers) {
      session.push(...buffers);
      add("bringing in rows, on the host", last, 0, 0);
    },
    pull: (...buffers) => session.pull(...buffers),
    bytes: session.bytes,
  });

  return {
    over: (backend) => ({
      name: backend.name,
      open(dtype, layout) {
        const { session, buffers } = backend.open(dtype, layout);
        return { session: timed(session), buffers };
      },
    }),
    reset() {
      parts.clear();
      last = now();
    },
    parts: () => [...parts.values()],
  };
}
