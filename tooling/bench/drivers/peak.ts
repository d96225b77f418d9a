// What this machine can reach in this engine, to hold a profile against.

const ACCUMULATORS = 12; // two units with a latency of four, and some to spare
const ROUNDS = 4; // through all of them, in a turn of the loop
const LANES = 4;

const V128 = 0x7b;
const I32 = 0x7f;
const SIMD = 0xfd;
const MULTIPLY_ADD = [SIMD, 0x85, 0x02]; // f32x4.relaxed_madd
const MULTIPLY_THEN_ADD = [SIMD, 0xe6, 0x01]; // f32x4.mul
const ADD = [SIMD, 0xe4, 0x01]; // f32x4.add
const SPLAT = [SIMD, 0x13]; // f32x4.splat
const SPLAT_I32 = [SIMD, 0x11]; // i32x4.splat
const FIRST_LANE = [SIMD, 0x1f, 0]; // f32x4.extract_lane 0

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const vector = (bytes: readonly number[]): number[] => [bytes.length, ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [
  id,
  ...leb(bytes.length),
  ...bytes,
];

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

/**
 * A module whose `run(turns, x)` multiplies and adds in registers alone: every accumulator a becomes
 * a x + 1 in each round. It returns the sum of the first lanes.
 */
export function arithmetic(fused: boolean): Uint8Array<ArrayBuffer> {
  const [turns, x, splat, one, first] = [0, 1, 2, 3, 4];
  const accumulators = Array.from({ length: ACCUMULATORS }, (_, i) => first + i);
  const step = (a: number): number[] => [
    ...get(a),
    ...get(splat),
    ...(fused ? [...get(one), ...MULTIPLY_ADD] : [...MULTIPLY_THEN_ADD, ...get(one), ...ADD]),
    ...set(a),
  ];
  const round = accumulators.flatMap(step);
  const code = [
    ...[...get(x), ...SPLAT, ...set(splat)],
    ...[0x43, 0, 0, 0x80, 0x3f, ...SPLAT, ...set(one)], // f32.const 1
    ...accumulators.flatMap((a) => [0x41, 0, ...SPLAT_I32, ...set(a)]),
    ...[0x03, 0x40], // loop
    ...Array.from({ length: ROUNDS }, () => round).flat(),
    ...[...get(turns), 0x41, 1, 0x6b, ...tee(turns), 0x0d, 0, 0x0b], // while (turns -= 1)
    ...accumulators.flatMap((a, i) => [...get(a), ...FIRST_LANE, ...(i > 0 ? [0x92] : [])]),
    0x0b,
  ];
  const body = [1, 2 + ACCUMULATORS, V128, ...code];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...vector([I32, 0x7d]), ...vector([0x7d])]),
    ...section(3, vector([0])),
    ...section(7, [1, ...vector([..."run"].map((c) => c.charCodeAt(0))), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** Floating-point operations that a turn makes: a multiplication and an addition for each lane. */
export const OPERATIONS = 2 * LANES * ACCUMULATORS * ROUNDS;

const fastest = (tries: number, seconds: () => number): number =>
  Math.min(...Array.from({ length: tries }, seconds));

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

/** Operations a second on one thread, four lanes wide, out of registers. */
export function peakOperations(): number {
  const fused = WebAssembly.validate(arithmetic(true));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(arithmetic(fused)));
  const run = instance.exports.run as (turns: number, x: number) => number;
  const turns = 200_000;
  run(turns, 0.5);
  return (turns * OPERATIONS) / fastest(20, () => timed(() => run(turns, 0.5)));
}

/** Bytes a second that a copy in memory reads and writes, of more than any cache holds. */
export function peakBytes(): number {
  const [from, to] = [new Float32Array(2 ** 25).fill(1), new Float32Array(2 ** 25).fill(2)];
  return (2 * from.byteLength) / fastest(5, () => timed(() => to.set(from)));
}
