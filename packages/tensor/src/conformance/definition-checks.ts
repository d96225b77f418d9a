import type { Backend, Buffer, FloatArray, Kinds } from "../backend.ts";
import type { Check } from "./check.ts";
import { expectClose, expectThat, type Tolerance } from "./expect-close.ts";
import type { RecordedCall } from "./recorded-calls.ts";

const AROUND = 5; // elements on both sides: a multiple of no vector
const MARK = 77;
const OFTEN = 3000;

/** Every tag, of whatever arguments: against the definition, run once more on copies on the heap. */
export function definitionChecks(
  backend: Backend,
  calls: readonly RecordedCall[],
  tolerance: Tolerance,
): Check[] {
  const groups = new Map<string, RecordedCall[]>();
  for (const call of calls) {
    const name = `${call.tag}() computes its definition${call.of === undefined ? "" : ` ${call.of}`}`;
    groups.set(name, [...(groups.get(name) ?? []), call]);
  }
  const last = new Map(calls.filter(({ of }) => of === undefined).map((call) => [call.tag, call]));
  return [
    ...[...groups].map(([name, group]) => ({
      name,
      run: async () => {
        for (const call of group) await replay(backend, call, tolerance);
      },
    })),
    ...[...last].map(([tag, call]) => ({
      name: `${tag}() still computes its definition after ${OFTEN} times`,
      run: () => replay(backend, call, tolerance, OFTEN),
    })),
  ];
}

/**
 * Runs a call on a backend `times` times from the same arguments, and compares every argument with what
 * the definition makes of it. Around each buffer lie others, which must stay as they were.
 */
async function replay(
  backend: Backend,
  { tag, f, args }: RecordedCall,
  tolerance: Tolerance,
  times = 1,
): Promise<void> {
  const wanted = args.map((arg) => (typeof arg === "number" ? arg : arg.slice()));
  f(...wanted);
  const { session, buffers } = backend.open("float32", (zeros) =>
    args.map((arg) =>
      typeof arg === "number" ? undefined : zeros(arg.length + 2 * AROUND, kindOf(arg)),
    ),
  );
  const wide = buffers.map((buffer) => buffer as FloatArray | undefined);
  const inside = wide.map((buffer) => buffer?.subarray(AROUND, buffer.length - AROUND));
  const all = wide.filter((buffer) => buffer !== undefined);
  for (const buffer of all) buffer.fill(MARK);
  for (let time = 0; time < times; time++) {
    for (const [i, buffer] of inside.entries()) buffer?.set(args[i] as FloatArray);
    session.push(...all);
    session.call(f, ...args.map((arg, i) => inside[i] ?? arg));
  }
  await session.pull(...all);
  for (const [i, buffer] of wide.entries()) {
    if (!buffer) continue;
    expectClose(`argument ${i} of ${tag}()`, inside[i]!, wanted[i] as Buffer, tolerance);
    for (const part of [buffer.subarray(0, AROUND), buffer.subarray(-AROUND)])
      expectThat(
        part.every((x) => x === MARK),
        `${tag}() is to write into its arguments alone, but has written beside argument ${i}`,
      );
  }
}

function kindOf(buffer: Buffer): keyof Kinds {
  if (buffer instanceof Int32Array) return "int32";
  return buffer instanceof Uint8Array ? "uint8" : "float";
}
