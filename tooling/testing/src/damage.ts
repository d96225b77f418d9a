import fc from "fast-check";

// One mutator for every reader of files. What a damage does depends on plain numbers alone, so that
// fast-check prints them (and the seed) when a reader fails, and shrinks them.

const kinds = [
  "flip",
  "write",
  "integer",
  "fill",
  "truncate",
  "extend",
  "insert",
  "remove",
  "duplicate",
  "move",
  "swap",
  "splice",
] as const;

/** One change of a file's bytes. Places and lengths are taken modulo what the file has. */
export interface Damage {
  readonly kind: (typeof kinds)[number];
  /** Where: from the end where below 0. */
  readonly at: number;
  /** The other place, of a change that has two. */
  readonly to: number;
  readonly length: number;
  readonly byte: number;
  /** What "integer" writes, `bytes` wide. */
  readonly integer: bigint;
  /** Whether it is added to what the file has there, instead of put in its place. */
  readonly relative: boolean;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** What surrounds a file that is damaged. */
export interface Surroundings {
  /** Where lengths, types and checksums stand: half of the integers are written there. */
  readonly places?: readonly number[];
  /** Another file, which "splice" goes on with. */
  readonly other?: Uint8Array;
}

const powers = [0n, 7n, 8n, 15n, 16n, 24n, 31n, 32n, 40n, 53n, 63n, 64n].map((n) => 1n << n);
const interesting = fc.oneof(
  fc.constantFrom(0n, ...powers.flatMap((power) => [power - 1n, power, -power])),
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);
const place = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: -40, max: -1 }),
  fc.integer({ min: 0, max: 100_000 }),
);
const one: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: place,
  to: place,
  length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 })),
  byte: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.integer({ min: 0, max: 255 })),
  integer: interesting,
  relative: fc.boolean(),
  bytes: fc.constantFrom(1, 2, 4, 8),
  littleEndian: fc.boolean(),
});

/** One to three changes: each alone, and each on top of another. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(one, {
  minLength: 1,
  maxLength: 3,
});

/** The file with its damages, one after the other. The file itself stays as it is. */
export function damaged(
  file: Uint8Array,
  damages: readonly Damage[],
  surroundings: Surroundings = {},
): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(file);
  for (const damage of damages) bytes = change(bytes, damage, surroundings);
  return bytes;
}

/** `n` from the start, or from the end where below 0, within [0, size). */
const within = (n: number, size: number): number => (size === 0 ? 0 : ((n % size) + size) % size);

function change(
  bytes: Uint8Array<ArrayBuffer>,
  damage: Damage,
  { places = [], other = bytes }: Surroundings,
): Uint8Array<ArrayBuffer> {
  const { kind, byte, length } = damage;
  const at = within(damage.at, bytes.length);
  const to = within(damage.to, bytes.length);
  const filled = new Uint8Array(length).fill(byte);
  const piece = bytes.slice(at, at + length);
  switch (kind) {
    case "flip":
      return replaced(bytes, at, Uint8Array.of(bytes[at]! ^ (1 << (byte % 8))));
    case "write":
      return replaced(bytes, at, Uint8Array.of(byte));
    case "integer": {
      const chosen = damage.byte % 2 && places.length ? places[damage.to % places.length] : at;
      return withInteger(bytes, chosen ?? at, damage);
    }
    case "fill":
      return replaced(bytes, at, filled);
    case "truncate":
      return bytes.slice(0, at);
    case "extend":
      return joined(bytes, filled);
    case "insert":
      return joined(bytes.subarray(0, at), filled, bytes.subarray(at));
    case "remove":
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case "duplicate":
      return joined(bytes.subarray(0, to), piece, bytes.subarray(to));
    case "move":
      return replaced(bytes, to, piece);
    case "swap":
      return replaced(replaced(bytes, at, bytes.slice(to, to + length)), to, piece);
    case "splice":
      return joined(bytes.subarray(0, at), other.subarray(within(damage.to, other.length)));
  }
}

/** Writes over what is there, as far as the file goes. */
function replaced(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  piece: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  changed.set(piece.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
  return changed;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function withInteger(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  { integer, relative, bytes: width, littleEndian }: Damage,
): Uint8Array<ArrayBuffer> {
  const order = Array.from({ length: width }, (_, i) => at + (littleEndian ? width - 1 - i : i));
  const found = order.reduce((value, place) => 256n * value + BigInt(bytes[place] ?? 0), 0n);
  let value = BigInt.asUintN(8 * width, relative ? found + integer : integer);
  const changed = bytes.slice();
  for (const place of order.toReversed()) {
    changed[place] = Number(value & 255n);
    value >>= 8n;
  }
  return changed;
}
