import type { Backend, Session } from "../backend.ts";
import { reference } from "../reference.ts";
import type { Check } from "./check.ts";
import { expectClose } from "./expect-close.ts";
import { numbers } from "./numbers.ts";
import { programOf } from "./programs.ts";
import type { RecordedCall } from "./recorded-calls.ts";
import { type Buffers, lengths, type Shape, type Step, training } from "./training.ts";

const shapes: readonly (readonly [units: number, inputs: number, programs: number])[] = [
  [64, 80, 16],
  [96, 784, 2],
  [128, 16, 8],
];

/** What a session computes depends on nothing but what it was told, whatever it was told before. */
export function orderChecks(backend: Backend, calls: readonly RecordedCall[]): Check[] {
  return shapes.flatMap(([units, inputs, programs]) => [
    {
      name: `training computes what the reference does, with weights of ${units} x ${inputs}`,
      run: () => compare(backend, [units, inputs], training([units, inputs], calls)),
    },
    {
      name: `operations in any order compute what the reference does, with weights of ${units} x ${inputs}`,
      run: async () => {
        for (let seed = 1; seed <= programs; seed++)
          await compare(backend, [units, inputs], programOf(seed, [units, inputs], calls));
      },
    },
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
async function compare(backend: Backend, shape: Shape, steps: readonly Step[]): Promise<void> {
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
