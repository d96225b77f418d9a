import type { Buffer, Call, Definition } from "@feedforward/tensor";
import type { Crew } from "./crew.ts";
import { type Signature, signatures } from "./kernels.ts";
import type { Kernel } from "./kernels-over.ts";
import { type Panelled, type Panels, WIDTH } from "./panels.ts";

const MOST_REMEMBERED = 64; // definitions, and calls of each: a run repeats few
const MOST_OPERANDS = 12; // a kernel that takes fewer passes over the rest

/** A call of a definition on a kernel: the next with the same buffers only puts its numbers in place. */
interface Bound {
  readonly args: Arguments;
  readonly signature: Signature;
  readonly run: Kernel;
  readonly places: number[];
  /** As of so many turns, none of the buffers lies in panels. */
  allInRows: number;
}

/** What a caller is made of. */
export interface CallerParts {
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly memoryBuffer: unknown;
  readonly crew: Crew | undefined;
  readonly panels: Panels;
  /** The address of the runs of a gradient. */
  readonly runs: number;
}

/** Runs a definition's kernel where there is one for its arguments, and else the definition itself. */
export function callerOver({ kernels, memoryBuffer, crew, panels, runs }: CallerParts): Call {
  const remembered = new Map<unknown, Bound[]>();

  /** The kernel for such arguments, with these in their places. */
  function bind({ kernel }: Definition<never>, args: Arguments): Bound | undefined {
    const [tag, ...constants] = kernel ?? [];
    const signature = signatures.get(tag!)?.find((one) => takes(one, args, memoryBuffer));
    if (!signature) return undefined;
    const { lengthOf } = signature;
    const places = args.map((arg) => (typeof arg === "number" ? arg : arg.byteOffset));
    if (lengthOf !== undefined) places.push((args[lengthOf] as Buffer).length);
    places.push(...constants);
    while (places.length < MOST_OPERANDS) places.push(0);
    return { args, signature, run: kernels[signature.kernel]!, places, allInRows: -1 };
  }

  /** Has the buffers lie as the kernel takes them; gives whether that was all there was to do. */
  function settle(bound: Bound, args: Arguments): boolean {
    const { signature, places } = bound;
    const { kernel, split } = signature;
    const buffers = args.filter((arg) => typeof arg !== "number");
    const isWhole = split?.anyOrder && buffers.every((one) => one.length === places[split.count]);
    if (!isWhole) panels.keepInRows(...buffers);
    const matrices = isWhole ? panels.align(buffers) : undefined;
    if (!matrices) {
      bound.allInRows = panels.turns;
      return false;
    }
    const [w, gradW] = matrices;
    if (kernel === "sgd" && subtractRuns(w!, gradW!, places)) return true;
    for (const matrix of matrices) {
      matrix.isFinite = false;
      if (kernel !== "sgd" || matrix === w) matrix.hasRuns = false; // sgd leaves the gradient as it is
    }
    return false;
  }

  /** w = w - rate gradW where gradW may be other than zero, if it is known where: the rest of w stays what it is. */
  function subtractRuns(
    w: Panelled,
    gradW: Panelled,
    [, , rate, decay]: readonly number[],
  ): boolean {
    const isSame = decay === 0 && rate! >= 0 && rate! < Number.POSITIVE_INFINITY;
    if (!isSame || !w.isFinite || !gradW.hasRuns) return false;
    const count = w.units / WIDTH;
    w.isFinite = kernels.sgdOfRuns!(w.from, gradW.from, rate!, count, w.inputs, runs) !== 0;
    return true;
  }

  function find<A extends Arguments>(f: Definition<A>, args: A): Bound | undefined {
    let calls = remembered.get(f);
    for (let c = 0; calls && c < calls.length; c++)
      if (isRepeated(calls[c]!, args)) return calls[c];
    const bound = bind(f, args);
    if (!bound) return undefined;
    if (!calls && remembered.size < MOST_REMEMBERED) {
      calls = [];
      remembered.set(f, calls);
    }
    if (calls && calls.length < MOST_REMEMBERED) calls.push(bound);
    return bound;
  }

  return <A extends Arguments>(f: Definition<A>, ...args: A): void => {
    const bound = find(f, args);
    if (!bound) {
      panels.keepInRows(...args.filter((arg) => typeof arg !== "number"));
      f(...args);
      return;
    }
    if (bound.allInRows !== panels.turns && settle(bound, args)) return;
    const { signature, run, places: p } = bound;
    const { kernel, split } = signature;
    if (crew && split && crew.takesElements(p[split.count]!)) crew.shareElements(kernel, p, split);
    // Not spread: to take the list apart takes as long as a small kernel.
    else run(p[0]!, p[1]!, p[2]!, p[3]!, p[4]!, p[5]!, p[6]!, p[7]!, p[8]!, p[9]!, p[10]!, p[11]!);
  };
}

type Arguments = readonly (Buffer | number)[];

/** Whether the buffers are those of the call; then its places hold these numbers. */
function isRepeated({ args, places }: Bound, again: Arguments): boolean {
  if (args.length !== again.length) return false;
  for (let i = 0; i < again.length; i++) {
    const arg = again[i]!;
    if (typeof arg !== "number") {
      if (arg !== args[i]) return false;
    } else if (typeof args[i] !== "number") return false;
    else places[i] = arg;
  }
  return true;
}

/** Whether arguments are what a kernel takes: buffers in this memory, and numbers. */
function takes({ operands }: Signature, args: Arguments, memoryBuffer: unknown): boolean {
  return (
    args.length === operands.length &&
    args.every((arg, i) =>
      typeof arg === "number"
        ? operands[i] === "number"
        : fits(arg, operands[i]!) && arg.buffer === memoryBuffer,
    )
  );
}

function fits(buffer: Buffer, kind: string): boolean {
  if (kind === "float") return buffer instanceof Float32Array;
  return kind === "int32" ? buffer instanceof Int32Array : buffer instanceof Uint8Array;
}
