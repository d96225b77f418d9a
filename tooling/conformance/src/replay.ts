import type { Backend, Buffer, FloatArray, Kinds } from "@feedforward/tensor";
import { expectAllClose, type Tolerance } from "@feedforward/testing";
import type { Recorded } from "./recorded.ts";

const AROUND = 5; // elements on both sides: a multiple of no vector

/**
 * Runs a recorded call on a backend `times` times from the same arguments, and compares every argument
 * with what the definition makes of it. Around each buffer lie others, which must stay as they were.
 */
export function replay(
  backend: Backend,
  { f, args }: Recorded,
  tolerance: Tolerance,
  times = 1,
): void {
  const wanted = args.map((arg) => (typeof arg === "number" ? arg : arg.slice()));
  f(...wanted);
  const { session, buffers } = backend.open("float32", (zeros) =>
    args.map((arg) =>
      typeof arg === "number" ? undefined : zeros(arg.length + 2 * AROUND, kindOf(arg)),
    ),
  );
  const wide = buffers.map((buffer) => buffer as FloatArray | undefined);
  const inside = wide.map((buffer) => buffer?.subarray(AROUND, buffer.length - AROUND));
  for (let time = 0; time < times; time++) {
    for (const [i, buffer] of wide.entries()) {
      buffer?.fill(77);
      inside[i]?.set(args[i] as FloatArray);
    }
    session.call(f, ...args.map((arg, i) => inside[i] ?? arg));
    for (const [i, buffer] of wide.entries()) {
      if (!buffer) continue;
      expectAllClose(inside[i]!, wanted[i] as Buffer, tolerance);
      const around = [...buffer.subarray(0, AROUND), ...buffer.subarray(-AROUND)];
      if (around.some((x) => x !== 77))
        throw new Error(`argument ${i}: written outside of its buffer`);
    }
  }
}

function kindOf(buffer: Buffer): keyof Kinds {
  if (buffer instanceof Int32Array) return "int32";
  return buffer instanceof Uint8Array ? "uint8" : "float";
}
