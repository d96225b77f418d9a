import {
  type Buffer,
  type Call,
  type Definition,
  type FloatArray,
  products,
  type Session,
} from "@feedforward/tensor";
import type { Crew } from "./crew.ts";
import { type Signature, signatures } from "./kernels.ts";
import type { Kernel } from "./kernels-over.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly memory: WebAssembly.Memory;
  /** The greatest height of a product's tile. */
  readonly mostRows: number;
  /** The address of what products pack into. */
  readonly scratch: number;
  /** Who shares what is worth it. */
  readonly crew?: Crew | undefined;
}

/** A session over one memory. */
export function sessionOver({ kernels, memory, mostRows, scratch, crew }: SessionParts): Session {
  const memoryBuffer: unknown = memory.buffer;
  const [nt, nn, tn] = [kernels.nt!, kernels.nn!, kernels.tn!];
  const ours = (buffer: FloatArray): boolean =>
    buffer.buffer === memoryBuffer && buffer instanceof Float32Array;

  return {
    call: callerOver(kernels, memoryBuffer, crew),
    nt(c, a, b, m, n, k, bias) {
      if (!ours(c) || !ours(a) || !ours(b) || (bias && !ours(bias)))
        return products.nt(c, a, b, m, n, k, bias);
      const [cAt, aAt, bAt, start] = [c.byteOffset, a.byteOffset, b.byteOffset, bias?.byteOffset];
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("nt", [
          cAt,
          4 * n,
          aAt,
          4 * k,
          bAt,
          4 * k,
          m,
          n,
          k,
          start ?? 0,
          scratch,
          mostRows,
        ]);
      nt(cAt, 4 * n, aAt, 4 * k, bAt, 4 * k, m, n, k, start ?? 0, scratch, mostRows);
    },
    nn(c, a, b, m, n, k) {
      if (!ours(c) || !ours(a) || !ours(b)) return products.nn(c, a, b, m, n, k);
      const [cAt, aAt, bAt] = [c.byteOffset, a.byteOffset, b.byteOffset];
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("nn", [
          cAt,
          4 * n,
          aAt,
          4 * k,
          bAt,
          4 * n,
          m,
          n,
          k,
          scratch,
          mostRows,
        ]);
      nn(cAt, 4 * n, aAt, 4 * k, bAt, 4 * n, m, n, k, scratch, mostRows);
    },
    tn(c, a, b, m, n, k, beta) {
      if (!ours(c) || !ours(a) || !ours(b)) return products.tn(c, a, b, m, n, k, beta);
      const [cAt, aAt, bAt] = [c.byteOffset, a.byteOffset, b.byteOffset];
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("tn", [
          cAt,
          4 * n,
          aAt,
          4 * m,
          bAt,
          4 * n,
          m,
          n,
          k,
          beta,
          scratch,
          mostRows,
        ]);
      tn(cAt, 4 * n, aAt, 4 * m, bAt, 4 * n, m, n, k, beta, scratch, mostRows);
    },
    push: () => {},
    pull: () => undefined,
    bytes: memory.buffer.byteLength,
  };
}

/** A kernel with the places that its operands are put in, call after call. */
interface Bound extends Signature {
  readonly run: Kernel;
  readonly places: number[];
}

/** Runs a definition's kernel where there is one for its arguments, and else the definition itself. */
function callerOver(
  kernels: Readonly<Record<string, Kernel>>,
  memoryBuffer: unknown,
  crew: Crew | undefined,
): Call {
  const bind = (signature: Signature): Bound => ({
    ...signature,
    run: kernels[signature.kernel]!,
    places: [],
  });
  const bound = new Map<string, readonly Bound[]>();
  for (const [tag, list] of signatures) bound.set(tag, list.map(bind));

  /** Whether the arguments are what the kernel takes; then `places` holds them. */
  function marshal({ operands, lengthOf, places }: Bound, args: Arguments): boolean {
    const count = args.length;
    if (count !== operands.length) return false;
    for (let i = 0; i < count; i++) {
      const arg = args[i]!;
      if (typeof arg === "number") {
        if (operands[i] !== "number") return false;
        places[i] = arg;
      } else {
        if (!fits(arg, operands[i]!) || arg.buffer !== memoryBuffer) return false;
        places[i] = arg.byteOffset;
      }
    }
    if (lengthOf !== undefined) places[count] = (args[lengthOf] as Buffer).length;
    return true;
  }

  return <A extends Arguments>(f: Definition<A>, ...args: A): void => {
    const { kernel } = f;
    const choices = kernel && bound.get(kernel[0]);
    if (choices)
      for (let c = 0; c < choices.length; c++) {
        const choice = choices[c]!;
        if (!marshal(choice, args)) continue;
        const { places, operands, lengthOf } = choice;
        const taken = operands.length + (lengthOf === undefined ? 0 : 1);
        for (let i = 1; i < kernel.length; i++) places[taken + i - 1] = kernel[i] as number;
        if (crew && choice.split && crew.takesElements(places[choice.split.count]!))
          crew.shareElements(choice.kernel, places, choice.split);
        else choice.run(...places);
        return;
      }
    f(...args);
  };
}

type Arguments = readonly (Buffer | number)[];

function fits(buffer: Buffer, kind: string): boolean {
  if (kind === "float") return buffer instanceof Float32Array;
  return kind === "int32" ? buffer instanceof Int32Array : buffer instanceof Uint8Array;
}
