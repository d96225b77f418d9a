import type { Buffer, Dtype, Kinds, Zeros } from "@feedforward/tensor";

/** What is added to a layout's buffers, and whether other threads see the memory. */
export interface Extra {
  readonly bytes: number;
  readonly shared: boolean;
}

/** One memory, sized for what a layout asked for and `more`. */
export interface Memory<T> {
  readonly memory: WebAssembly.Memory;
  readonly buffers: T;
  /** The address of the bytes that `more` asked for. */
  readonly more: number;
  /** The greatest number of floats in one buffer. */
  readonly longest: number;
}

const PAGE = 65536;
const LINE = 64; // of a cache: every buffer begins one
const types = { float: Float32Array, int32: Int32Array, uint8: Uint8Array };

interface Request {
  readonly kind: keyof Kinds;
  readonly length: number;
  readonly address: number;
}

/**
 * Runs `layout` on nothing to learn what it asks for, and again over memory of that size.
 *
 * @param more What to add, given the greatest number of floats in one buffer.
 */
export function layOut<T>(
  layout: (zeros: Zeros) => T,
  more: (longest: number) => Extra,
): Memory<T> {
  const first: Request[] = [];
  let end = LINE; // address 0 stays free: it means that there is no buffer
  let longest = 0;
  let blank = new ArrayBuffer(0); // what the first run is given: views of one buffer, never used
  sealedAfter(layout, (length, kind) => {
    first.push({ kind, length, address: end });
    const bytes = length * types[kind].BYTES_PER_ELEMENT;
    end += Math.ceil(bytes / LINE) * LINE;
    if (kind === "float") longest = Math.max(longest, length);
    if (blank.byteLength < bytes) blank = new ArrayBuffer(bytes);
    return new types[kind](blank, 0, length);
  });
  const { bytes, shared } = more(longest);
  const memory = memoryOf(end + bytes + LINE, shared);
  let at = 0;
  const buffers = sealedAfter(layout, (length, kind) => {
    const request = first[at++];
    if (request?.kind !== kind || request.length !== length) throw impure();
    return new types[kind](memory.buffer as ArrayBuffer, request.address, length);
  });
  if (at !== first.length) throw impure();
  return { memory, buffers, more: end, longest };
}

function memoryOf(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new RangeError(
      `open() expects memory that can be had, but the run needs ${bytes} bytes in one piece: ` +
        "take a smaller batch, fewer units, or an optimizer with less state",
    );
  }
}

/** Runs `layout` with a `zeros` that refuses when it has returned. */
function sealedAfter<T>(
  layout: (zeros: Zeros) => T,
  allocate: (length: number, kind: keyof Kinds) => Buffer,
): T {
  let sealed = false;
  const zeros = (length: number, kind: keyof Kinds): Buffer => {
    if (sealed)
      throw new RangeError(
        "zeros() expects to be called inside layout, but the run's memory is sealed: lay out every buffer before the first step",
      );
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`zeros() expects a length of 0 or more, but length is ${length}`);
    if (!Object.hasOwn(types, kind))
      throw new TypeError(`zeros() expects float, int32 or uint8, but kind is ${String(kind)}`);
    return allocate(length, kind);
  };
  const laid = layout(zeros as Zeros);
  sealed = true;
  return laid;
}

function impure(): Error {
  return new Error(
    "open() expects layout to ask for the same buffers in both of its runs, but it asked for others: layout only allocates",
  );
}

/** Refuses what the kernels cannot compute. */
export function expectFloat32(dtype: Dtype): void {
  if (dtype !== "float32")
    throw new TypeError(
      `open() expects dtype "float32", but dtype is ${dtype}: the kernels have 32 bits, so prove with \`reference\``,
    );
}
