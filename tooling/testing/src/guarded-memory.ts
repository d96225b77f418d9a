const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

/** One buffer, as a layout asked for it. */
export interface Request {
  readonly type: "float32" | "float64" | "int32" | "uint8";
  readonly length: number;
}

/** One sealed memory: buffers between guards, and nothing else. */
export interface GuardedMemory {
  /** One zeroed view per request. */
  readonly views: readonly (Float32Array | Float64Array | Int32Array | Uint8Array)[];
  /** Whether a view lies inside one of the buffers. */
  owns(view: ArrayBufferView): boolean;
  /** Throws when a guard was overwritten; `writer` is who may have done it. */
  verify(writer: string): void;
}

const PAGE = 65536;
const GUARD = 64;

// Eight bytes, repeated. Beside floats they are NaNs, little endian, with a payload that no arithmetic makes.
const patterns = {
  float32: Uint8Array.of(0xed, 0xfe, 0xc0, 0x7f, 0xed, 0xfe, 0xc0, 0x7f),
  float64: Uint8Array.of(0xed, 0xfe, 0xed, 0xfe, 0xed, 0xfe, 0xf8, 0x7f),
  int32: new Uint8Array(8).fill(0xa5),
  uint8: new Uint8Array(8).fill(0xa5),
};

/** How many bytes the requests take, guards left out. */
export function bytesOf(requests: readonly Request[]): number {
  return requests.reduce((n, { type, length }) => n + length * arrays[type].BYTES_PER_ELEMENT, 0);
}

/**
 * Lays out the requests in one WebAssembly.Memory of just the pages that they need; it cannot grow.
 *
 * Every byte that belongs to no buffer is guard: 64 or more on both sides of each, up to the end of
 * the memory. Beside floats the guards are NaN, so a read outside poisons what is computed from it.
 */
export function guardedMemory(requests: readonly Request[]): GuardedMemory {
  let end = 0;
  const places = requests.map((request) => {
    const from = end + GUARD;
    const to = from + bytesOf([request]);
    end = Math.ceil(to / GUARD) * GUARD + GUARD;
    return { ...request, from, to, end };
  });
  const pages = Math.ceil(end / PAGE);
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);

  // Aligned to 8 bytes but for the start of a guard after a buffer; the last one reaches the end.
  const guards = places.flatMap(({ type, from, to, end }, at) => [
    { at, from: from - GUARD, to: from, pattern: patterns[type] },
    { at, from: to, to: at < places.length - 1 ? end : bytes.length, pattern: patterns[type] },
  ]);
  for (const { from, to, pattern } of guards)
    for (let i = from; i < to; i++) bytes[i] = pattern[i & 7]!;

  /** The first byte in [from, to) that is not the pattern's, or `to`. */
  function firstDamage({ from, to, pattern }: (typeof guards)[number]): number {
    const [even, odd] = new Int32Array(pattern.buffer);
    const intact = (i: number): boolean => bytes[i] === pattern[i & 7];
    let i = from;
    while (i < to && i & 7 && intact(i)) i++;
    if ((i & 7) === 0)
      while (i < to && words[i >> 2] === even && words[(i >> 2) + 1] === odd) i += 8;
    while (i < to && intact(i)) i++;
    return i;
  }

  return {
    views: places.map(({ type, length, from }) => new arrays[type](buffer, from, length)),
    owns: (view) =>
      view.buffer === buffer &&
      places.some(
        ({ from, to }) => view.byteOffset >= from && view.byteOffset + view.byteLength <= to,
      ),
    verify(writer) {
      for (const guard of guards) {
        const byte = firstDamage(guard);
        if (byte === guard.to) continue;
        const { type, length, from, to } = places[guard.at]!;
        const where = byte < from ? `${from - byte} before` : `${byte - to + 1} after`;
        throw new Error(
          `guard expects ${writer} to write inside its buffers, ` +
            `but byte ${where} buffer ${guard.at} (${type}, length ${length}) was overwritten`,
        );
      }
    },
  };
}
