import type { Ask } from "./protocol.ts";
import type { Check, Series } from "./record.ts";

/** A system that is being measured. */
export interface Running {
  readonly id: string;
  readonly ask: Ask;
}

const FIRST = 10; // steps to the first check
const SECOND = 100;
const PROBE = 1000; // rows of the test part

/** The agreement that is asked of losses. */
export const TOLERANCE = 1e-3;

/**
 * The loss after 10 steps from the common start, and after 100 where that takes no longer than `limit` seconds.
 */
export async function check(ask: Ask, limit: number, probe = PROBE): Promise<Check[]> {
  await ask({ op: "prepare", steps: FIRST });
  const { seconds } = await ask({ op: "steps", steps: FIRST });
  const loss = async (): Promise<number> => (await ask({ op: "loss", rows: probe })).loss;
  const checks = [{ steps: FIRST, loss: await loss() }];
  if ((seconds * SECOND) / FIRST > limit) return checks;
  await ask({ op: "steps", steps: SECOND - FIRST });
  return [...checks, { steps: SECOND, loss: await loss() }];
}

/** The last step, up to `last`, at which both have a loss, and how far apart they are there. */
export function distance(
  checks: readonly Check[],
  others: readonly Check[],
  last = SECOND,
): { readonly steps: number; readonly difference: number } | undefined {
  for (const { steps, loss } of checks.toReversed()) {
    const other = others.find((check) => check.steps === steps);
    if (other && steps <= last) return { steps, difference: loss - other.loss };
  }
  return undefined;
}

/**
 * How many steps take about `target` seconds when nothing disturbs.
 *
 * Trying it warms the system up. What `prepare` may put off to the first slice after it is not timed.
 */
export async function stepsPerSlice(ask: Ask, target: number): Promise<number> {
  const time = async (steps: number): Promise<number> =>
    (await ask({ op: "steps", steps })).seconds;
  const ready = async (steps: number): Promise<void> => {
    await ask({ op: "prepare", steps });
    await time(steps);
  };
  let steps = 1;
  for (;;) {
    await ready(steps);
    let seconds = await time(steps);
    if (seconds < target) seconds = Math.min(seconds, await time(steps));
    const enough = Math.max(1, Math.round((steps * target) / seconds));
    if (enough === steps) return steps;
    if (seconds >= target / 2) {
      await ready(enough);
      return enough;
    }
    steps = Math.min(enough, steps * 8);
  }
}

/** How many rows of those asked for take at most `limit` seconds, and how many calls take `target`. */
export async function callsPerSlice(
  ask: Ask,
  rows: number,
  { target, limit }: { readonly target: number; readonly limit: number },
): Promise<{ readonly rows: number; readonly count: number }> {
  const few = Math.min(rows, 100);
  const time = async (r: number, calls: number): Promise<number> =>
    (await ask({ op: "predict", rows: r, calls })).seconds;
  await time(few, 3); // warm
  const forAll = ((await time(few, 1)) * rows) / few;
  const asked = forAll > limit ? Math.max(few, Math.floor(rows / 10)) : rows;
  let calls = 1;
  for (;;) {
    const seconds = await time(asked, calls);
    if (seconds >= target / 2)
      return { rows: asked, count: Math.max(1, Math.round((calls * target) / seconds)) };
    calls = Math.ceil(calls * Math.min(10, Math.max(2, target / seconds)));
  }
}

/** Does what is timed once. */
export type Slice = () => Promise<{ readonly seconds: number }>;

const LONG = 1; // seconds: of more than that, what a pause leaves behind is a few hundredths at most

/**
 * The slice right after an untimed one, as it is in the middle of a long run.
 *
 * While the others have their turns, its threads fall asleep or end and the caches fill with the others' data; a run
 * of a user's has no such pauses. Where a slice took over a second, none goes before the next.
 */
export function ledIn(slice: Slice): Slice {
  let last = 0;
  return async () => {
    if (last <= LONG) await slice();
    const timed = await slice();
    last = timed.seconds;
    return timed;
  };
}

/** Who comes when in a round: everyone once, each round beginning with the next one. */
export const rotation = (count: number, round: number): number[] =>
  Array.from({ length: count }, (_, i) => (i + round) % count);

/**
 * Asks everyone in turn, round after round, and adds the seconds to their series.
 *
 * What fails is told to `failed` and not asked again.
 */
export async function takeRounds(
  entries: readonly {
    readonly id: string;
    readonly series: Series;
    readonly slice: Slice;
  }[],
  rounds: number,
  hooks: {
    readonly round?: (round: number) => void;
    readonly failed: (id: string, error: Error) => void;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const out = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const i of rotation(entries.length, round)) {
      if (hooks.signal?.aborted) return;
      const { id, series, slice } = entries[i]!;
      if (out.has(id)) continue;
      try {
        series.seconds.push((await slice()).seconds);
      } catch (error) {
        if (hooks.signal?.aborted) return;
        out.add(id);
        hooks.failed(id, error as Error);
      }
    }
    hooks.round?.(round + 1);
  }
}
