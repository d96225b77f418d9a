import type { Backend, Session } from "../backend.ts";
import { reference } from "../reference.ts";
import type { Check } from "./check.ts";
import { expectClose } from "./expect-close.ts";
import { numbers } from "./numbers.ts";
import { type Buffers, lengths, programOf, type Shape, type Step, training } from "./programs.ts";
import type { RecordedCall } from "./recorded-calls.ts";

const shapes: readonly Shape[] = [
  [64, 48],
  [96, 784],
  [128, 16],
];
const seeds = [1, 2, 3, 4];

/** What a session computes depends on nothing but what it was told, whatever was told before. */
export function orderChecks(backend: Backend, calls: readonly RecordedCall[]): Check[] {
  return shapes.flatMap((shape) => [
    {
      name: `nt, tn and sgd in turn compute what the reference does, ${shape.join(" x ")}`,
      run: () => compare(backend, shape, training(shape, calls)),
    },
    ...seeds.map((seed) => ({
      name: `operations in any order compute what the reference does, ${shape.join(" x ")}, program ${seed}`,
      run: () => compare(backend, shape, programOf(seed, shape, calls, seed % 2 === 0)),
    })),
  ]);
}

interface Side {
  readonly session: Session;
  readonly buffers: Buffers;
}

function opened(backend: Backend, shape: Shape): Side {
  const all = Object.entries(lengths(shape));
  const { session, buffers } = backend.open("float32", (zeros) =>
    Object.fromEntries(all.map(([name, n]) => [name, zeros(n, "float")])),
  ) as { session: Session; buffers: Omit<Buffers, "w" | "v"> };
  for (const [i, x] of Object.values(buffers).entries()) x.set(numbers(x.length, i));
  session.push(...Object.values(buffers));
  const { both } = buffers;
  const [w, v] = [both.subarray(0, both.length / 2), both.subarray(both.length / 2)];
  return { session, buffers: { ...buffers, w, v } };
}

/** Runs a program on a backend and on the reference, and compares what it shows. */
export async function compare(
  backend: Backend,
  shape: Shape,
  steps: readonly Step[],
): Promise<void> {
  const [wanted, got] = [opened(reference, shape), opened(backend, shape)];
  for (const { what, run, shows } of steps) {
    for (const { session, buffers } of [wanted, got]) await run(session, buffers);
    for (const name of shows) {
      await got.session.pull(got.buffers[name]);
      let most = 1;
      for (const x of wanted.buffers[name])
        if (Number.isFinite(x)) most = Math.max(most, Math.abs(x));
      const tolerance = { relative: 1e-4, absolute: 1e-5 * most };
      expectClose(`${name} after ${what}`, got.buffers[name], wanted.buffers[name], tolerance);
    }
  }
}
