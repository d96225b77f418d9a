import {
  type Buffer,
  type Call,
  type Definition,
  type FloatArray,
  products,
  type Session,
} from "@feedforward/tensor";
import { type Signature, signatures } from "./kernels.ts";
import type { Kernel, Machine } from "./machine.ts";

/** A session over one memory. `scratch` is the address of what the products pack into. */
export function sessionOver(
  machine: Machine,
  memory: WebAssembly.Memory,
  scratch: number,
): Session {
  const kernels = machine.over(memory);
  const { mostRows } = machine;
  const memoryBuffer: unknown = memory.buffer;
  const [nt, nn, tn] = [kernels.nt!, kernels.nn!, kernels.tn!];
  const ours = (buffer: FloatArray): boolean =>
    buffer.buffer === memoryBuffer && buffer instanceof Float32Array;

  return {
    call: callerOver(kernels, memoryBuffer),
    nt(c, a, b, m, n, k, bias) {
      if (!ours(c) || !ours(a) || !ours(b) || (bias && !ours(bias)))
        return products.nt(c, a, b, m, n, k, bias);
      const start = bias ? bias.byteOffset : 0;
      nt(
        ...[c.byteOffset, 4 * n, a.byteOffset, 4 * k, b.byteOffset, 4 * k],
        ...[m, n, k, start, scratch, mostRows],
      );
    },
    nn(c, a, b, m, n, k) {
      if (!ours(c) || !ours(a) || !ours(b)) return products.nn(c, a, b, m, n, k);
      nn(
        ...[c.byteOffset, 4 * n, a.byteOffset, 4 * k, b.byteOffset, 4 * n],
        ...[m, n, k, scratch, mostRows],
      );
    },
    tn(c, a, b, m, n, k, beta) {
      if (!ours(c) || !ours(a) || !ours(b)) return products.tn(c, a, b, m, n, k, beta);
      tn(
        ...[c.byteOffset, 4 * n, a.byteOffset, 4 * m, b.byteOffset, 4 * n],
        ...[m, n, k, beta, scratch, mostRows],
      );
    },
    push: () => {},
    pull: () => undefined,
    bytes: memory.buffer.byteLength,
  };
}

/** Runs a definition's kernel where there is one for its arguments, and else the definition itself. */
function callerOver(kernels: Readonly<Record<string, Kernel>>, memoryBuffer: unknown): Call {
  const operands: number[] = [];

  /** Whether the arguments are what the kernel takes; then `operands` holds them. */
  function marshal({ operands: kinds, lengthOf }: Signature, args: Arguments): boolean {
    if (args.length !== kinds.length) return false;
    operands.length = 0;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!;
      if (typeof arg === "number") {
        if (kinds[i] !== "number") return false;
        operands.push(arg);
      } else {
        if (!fits(arg, kinds[i]!) || arg.buffer !== memoryBuffer) return false;
        operands.push(arg.byteOffset);
      }
    }
    if (lengthOf !== undefined) operands.push((args[lengthOf] as Buffer).length);
    return true;
  }

  return <A extends Arguments>(f: Definition<A>, ...args: A): void => {
    const { kernel } = f;
    if (kernel)
      for (const signature of signatures.get(kernel[0]) ?? [])
        if (marshal(signature, args)) {
          for (let i = 1; i < kernel.length; i++) operands.push(kernel[i] as number);
          kernels[signature.kernel]!(...operands);
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
