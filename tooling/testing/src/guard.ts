import { bytesOf, type GuardedMemory, guardedMemory, type Request } from "./guarded-memory.ts";

// Structurally those of @feedforward/tensor, which is tested with this package and so is not imported.
type FloatArray = Float32Array | Float64Array;
type Buffer = FloatArray | Int32Array | Uint8Array;
interface Kinds {
  readonly float: FloatArray;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
}
type Zeros = <K extends keyof Kinds>(length: number, kind: K) => Kinds[K];
interface Definition<A extends readonly (Buffer | number)[]> {
  (...args: A): void;
  readonly kernel?: readonly [name: string, ...constants: number[]];
}
type Operands = [c: FloatArray, a: FloatArray, b: FloatArray, m: number, n: number, k: number];

/** The three matrix products, as @feedforward/tensor defines them. */
export interface GuardProducts {
  nt(...args: [...Operands, bias?: FloatArray]): void;
  nn(...args: Operands): void;
  tn(...args: [...Operands, beta: 0 | 1]): void;
}

/** Runs definitions and products over guarded memory, with checks before and after. */
export interface GuardSession extends GuardProducts {
  readonly call: <A extends readonly (Buffer | number)[]>(f: Definition<A>, ...args: A) => void;
  push(...buffers: readonly Buffer[]): void;
  pull(...buffers: readonly Buffer[]): undefined;
  /** The size of everything laid out, guards left out. */
  readonly bytes: number;
}

/** A Backend of @feedforward/tensor that watches its memory. */
export interface GuardBackend {
  readonly name: string;
  open<T>(
    dtype: "float32" | "float64",
    layout: (zeros: Zeros) => T,
  ): { readonly session: GuardSession; readonly buffers: T };
}

/**
 * A backend over one sealed WebAssembly.Memory with NaN guards around every buffer.
 *
 * It computes what the reference does, and refuses what a backend with memory of its own could not
 * do: a layout that differs between its two runs, an allocation after `open`, a buffer that was not
 * laid out, an operand that is too short or overlaps the result, a write outside a buffer.
 * (JavaScript drops a write past the end of a view: what reaches a guard went by `view.buffer`.)
 */
export function guard(products: GuardProducts): GuardBackend {
  return {
    name: "guard",
    open(dtype, layout) {
      // First on the heap, to learn what is asked for; a buffer kept from this run is foreign later.
      const first: Request[] = [];
      withZeros(dtype, layout, (request) => {
        first.push(request);
        return heapArray(request);
      });
      const memory = guardedMemory(first);
      let count = 0;
      const buffers = withZeros(dtype, layout, (request) => {
        expectSame(count, first[count], request);
        return memory.views[count++]!;
      });
      if (count < first.length) expectSame(count, first[count], undefined);
      return { session: sessionOver(memory, products, bytesOf(first)), buffers };
    },
  };
}

/** Runs `layout` with a `zeros` that is sealed when it returns. */
function withZeros<T>(
  dtype: "float32" | "float64",
  layout: (zeros: Zeros) => T,
  allocate: (request: Request) => Buffer,
): T {
  let open = true;
  const zeros = (length: number, kind: keyof Kinds): Buffer => {
    if (!open) throw new Error("zeros() expects to be called by layout, but memory is sealed");
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`zeros() expects a length of 0 or more, but length is ${length}`);
    if (kind !== "float" && kind !== "int32" && kind !== "uint8")
      throw new TypeError(`zeros() expects float, int32 or uint8, but kind is ${String(kind)}`);
    return allocate({ type: kind === "float" ? dtype : kind, length });
  };
  try {
    return layout(zeros as Zeros);
  } finally {
    open = false;
  }
}

function heapArray({ type, length }: Request): Buffer {
  if (type === "float32") return new Float32Array(length);
  if (type === "float64") return new Float64Array(length);
  return type === "int32" ? new Int32Array(length) : new Uint8Array(length);
}

function expectSame(at: number, first: Request | undefined, second: Request | undefined): void {
  if (first?.type === second?.type && first?.length === second?.length) return;
  const shown = (request?: Request): string =>
    request ? `${request.type} of length ${request.length}` : "missing";
  throw new Error(
    `guard expects layout to ask for the same buffers in both of its runs, ` +
      `but buffer ${at} is ${shown(first)}, then ${shown(second)}: layout only allocates`,
  );
}

function sessionOver(memory: GuardedMemory, products: GuardProducts, bytes: number): GuardSession {
  const expectOwn = (operation: string, name: string, value: unknown): void => {
    if (typeof value === "number") return;
    if (!ArrayBuffer.isView(value))
      throw new TypeError(
        `${operation} expects buffers and numbers, but ${name} is ${value === null ? "null" : typeof value}`,
      );
    if (memory.owns(value)) return;
    throw new Error(
      `${operation} expects buffers that layout made, ` +
        `but ${name} is a foreign ${value.constructor.name} of ${value.byteLength} bytes`,
    );
  };
  const expectAllOwn = (operation: string, values: readonly unknown[]): void =>
    values.forEach((value, i) => {
      expectOwn(operation, `argument ${i}`, value);
    });

  function product(
    operation: string,
    [c, a, b, m, n, k]: Operands,
    bias: FloatArray | undefined,
    run: () => void,
  ): void {
    const checks: [name: string, operand: FloatArray, length: number][] = [
      ["c", c, m * n],
      ["a", a, m * k],
      ["b", b, n * k],
    ];
    if (bias) checks.push(["bias", bias, n]);
    for (const [name, operand, length] of checks) {
      expectOwn(operation, name, operand);
      if (operand.length < length)
        throw new RangeError(
          `${operation} expects ${name} of at least ${length} for m ${m}, n ${n}, k ${k}, ` +
            `but its length is ${operand.length}`,
        );
      if (name !== "c" && overlap(c, operand))
        throw new RangeError(
          `${operation} expects c to overlap no operand, but ${name} shares memory with it`,
        );
    }
    run();
    memory.verify(operation);
  }

  return {
    call(f, ...args) {
      const operation = `call(${f.kernel?.[0] ?? (f.name || "a definition")})`;
      expectAllOwn(operation, args);
      f(...args);
      memory.verify(operation);
    },
    nt(c, a, b, m, n, k, bias) {
      product("nt()", [c, a, b, m, n, k], bias, () =>
        bias ? products.nt(c, a, b, m, n, k, bias) : products.nt(c, a, b, m, n, k),
      );
    },
    nn(...args) {
      product("nn()", args, undefined, () => products.nn(...args));
    },
    tn(c, a, b, m, n, k, beta) {
      product("tn()", [c, a, b, m, n, k], undefined, () => products.tn(c, a, b, m, n, k, beta));
    },
    push(...buffers) {
      expectAllOwn("push()", buffers);
      memory.verify("the host, before push(),");
    },
    pull(...buffers) {
      expectAllOwn("pull()", buffers);
      memory.verify("the host, before pull(),");
      return undefined;
    },
    bytes,
  };
}

function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
