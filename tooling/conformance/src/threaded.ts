import type { Backend, Buffer, FloatArray, Session } from "@feedforward/tensor";
import { numbers } from "../../../packages/tensor/src/conformance/numbers.ts";
import { orderChecks } from "../../../packages/tensor/src/conformance/order-checks.ts";
import { ownCalls } from "../../../packages/tensor/src/conformance/own-calls.ts";
import type { Crew } from "../../../packages/wasm/src/crew.ts";
import { machineOf, type Variant } from "../../../packages/wasm/src/machine.ts";
import { backendOf } from "../../../packages/wasm/src/wasm.ts";
import { scenario } from "./scenarios.ts";

/** So little is worth sharing, in shares of odd widths. */
const fine = { floats: 0, multiplications: 0, columns: 5, elements: 1, chunk: 16 };

const ARENA = 1 << 20; // floats, and as many integers and bytes
const [UNITS, INPUTS, ROWS] = [96, 130, 24]; // of a layer whose weights lie in panels

/** What a session computes of every definition and product, on odd sizes. */
export interface Computed {
  readonly what: string;
  readonly values: readonly (Buffer | number)[];
}

/** Runs every definition and product in one session, once it is `ready`. */
async function everything(
  backend: Backend,
  ready: (touch: () => void) => Promise<void> = async () => {},
): Promise<Computed[]> {
  const { session, buffers } = backend.open("float32", (zeros) => ({
    float: zeros(ARENA, "float"),
    int32: zeros(ARENA, "int32"),
    uint8: zeros(ARENA, "uint8"),
    h: zeros(ROWS * INPUTS, "float"),
    W: zeros(UNITS * INPUTS, "float"),
    b: zeros(UNITS, "float"),
    a: zeros(ROWS * UNITS, "float"),
    gradW: zeros(UNITS * INPUTS, "float"),
  }));
  const x = buffers.float;
  await ready(() => session.nn(x, x, x, 20, 20, 20));
  let used = 0;
  /** A copy in the session's memory; everything of one computation lies side by side. */
  const placed = (arg: Buffer | number): Buffer | number => {
    if (typeof arg === "number") return arg;
    const kind =
      arg instanceof Int32Array ? "int32" : arg instanceof Uint8Array ? "uint8" : "float";
    const place = buffers[kind].subarray(used, used + arg.length);
    used += arg.length + 3;
    place.set(arg as never);
    session.push(place);
    return place;
  };
  const computed: Computed[] = [];
  const compute = (
    what: string,
    args: readonly (Buffer | number)[],
    run: (session: Session, args: (Buffer | number)[]) => void,
  ): void => {
    used = 7;
    const here = args.map(placed);
    run(session, here);
    session.pull(...here.filter((x) => typeof x !== "number"));
    computed.push({ what, values: here.map((x) => (typeof x === "number" ? x : x.slice())) });
  };

  for (const [rows, columns] of [
    [37, 29],
    [1, 70],
    [64, 16],
  ] as const)
    for (const { tag, f, args } of [
      ...ownCalls(rows, columns, numbers),
      ...scenario(rows, columns, numbers),
    ])
      compute(`${tag} of ${rows} x ${columns}`, args, ({ call }, here) => call(f, ...here));

  const someEmpty = (x: Float32Array, columns: number): Float32Array =>
    x.map((value, at) => (columns > 100 && (at % columns) % 28 > 11 ? 0 : value));
  for (const [m, n, k] of [
    [33, 70, 131],
    [1, 64, 300],
    [70, 131, 33],
    [150, 83, 700],
    [600, 64, 99], // on eight threads, more than they may pack at a time
    [6, 20, 0],
  ] as const) {
    const [c, bias] = [numbers(m * n, 1), numbers(n, 4)];
    const [a, b] = [someEmpty(numbers(m * k, 2), k), someEmpty(numbers(n * k, 3), n)];
    type Floats = [FloatArray, FloatArray, FloatArray, FloatArray];
    const product = (what: string, run: (session: Session, args: Floats) => void): void =>
      compute(`${what} of ${m} x ${n} x ${k}`, [c, a, b, bias], (session, here) =>
        run(session, here as Floats),
      );
    product("nt", (session, [c, a, b]) => session.nt(c, a, b, m, n, k));
    product("nt with a bias", (session, [c, a, b, bias]) => session.nt(c, a, b, m, n, k, bias));
    product("nn", (session, [c, a, b]) => session.nn(c, a, b, m, n, k));
    product("tn", (session, [c, a, b]) => session.tn(c, a, b, m, n, k, 0));
    product("tn onto C", (session, [c, a, b]) => session.tn(c, a, b, m, n, k, 1));
  }

  // Weights in panels, and their gradient.
  const { h, W, b, a, gradW } = buffers;
  for (const [one, seed] of [h, W, b, gradW].map((one, seed) => [one, seed] as const))
    one.set(numbers(one.length, seed));
  h.set(h.map((value, at) => ((at % INPUTS) % 28 > 11 ? 0 : value)));
  session.push(h, W, b, gradW);
  for (const beta of [0, 1, 0] as const) {
    session.nt(a, h, W, ROWS, UNITS, INPUTS, b);
    session.tn(gradW, a, h, UNITS, INPUTS, ROWS, beta);
    session.call(sgdOf, W, gradW, 2 ** -10, 0);
    computed.push({ what: `a in panels, beta ${beta}`, values: [a.slice()] });
  }
  session.pull(W, gradW);
  computed.push({ what: "W and grad W in panels", values: [W, gradW] });
  return computed;
}

const sgdOf = Object.assign(
  (_w: Buffer, _g: Buffer, _rate: number, _decay: number): void => {
    throw new Error("there is a kernel");
  },
  { kernel: ["sgd"] as const },
);
/** What the checks of operations in any order complain of, on small weights; from the first pull on, all workers are there. */
export async function disorder(variant: Variant, threads: number): Promise<string[]> {
  const crews: Crew[] = [];
  const opened = (crew: Crew): unknown => crews.push(crew);
  const grain = { ...fine, chunk: 512 };
  const on = backendOf(machineOf(variant)!, threads, { grain, idle: true, opened });
  const backend: Backend = {
    name: on.name,
    open(dtype, layout) {
      const { session, buffers } = on.open(dtype, (zeros) => ({
        asked: layout(zeros),
        x: zeros(20 * 20, "float"),
      }));
      const [crew, { asked, x }] = [crews.at(-1)!, buffers];
      let isReady = false;
      const pull: Session["pull"] = async (...pulled) => {
        await session.pull(...pulled);
        for (; !isReady && crew.present() < threads - 1; session.nn(x, x, x, 20, 20, 20))
          await new Promise((resolve) => setTimeout(resolve, 5));
        isReady = true;
      };
      return { session: { ...session, pull }, buffers: asked };
    },
  };
  const complaints: string[] = [];
  for (const { name, run } of orderChecks(backend, scenario(3, 10, numbers)))
    if (name.endsWith("64 x 80"))
      await run().catch((error: Error) => complaints.push(error.message));
  return complaints;
}

/** What differs in a bit from what one thread computes; nothing should. */
export async function differences(variant: Variant, threads: number): Promise<string[]> {
  const machine = machineOf(variant)!;
  const alone = await everything(backendOf(machine, 1));
  const crews: Crew[] = [];
  const opened = (crew: Crew): unknown => crews.push(crew);
  const backend = backendOf(machine, threads, { grain: fine, idle: true, opened });
  const together = await everything(backend, async (touch) => {
    for (touch(); crews[0]!.present() < threads - 1; touch())
      await new Promise((resolve) => setTimeout(resolve, 5));
  });
  if (crews[0]!.present() < threads - 1) return ["a worker has left"];
  const bits = (x: Buffer | number): string =>
    typeof x === "number" ? String(x) : new Uint8Array(x.buffer, x.byteOffset, x.byteLength).join();
  return alone
    .filter(({ values }, i) => values.some((x, j) => bits(x) !== bits(together[i]!.values[j]!)))
    .map(({ what }) => what);
}
