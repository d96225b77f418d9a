import { expect, test } from "vitest";
import { pace } from "./pace.ts";

/** The share of jobs that are shared, of `jobs` which take so long alone and shared. */
function shareOf(
  one: ReturnType<typeof pace>,
  jobs: number,
  alone: number,
  shared: number,
): number {
  let count = 0;
  for (let i = 0; i < jobs; i++) {
    const shares = one.shares();
    if (shares) count++;
    one.note(1000, shares ? shared : alone);
  }
  return count / jobs;
}

test("what is faster shared is shared, but for a look at one thread now and then", () => {
  expect(shareOf(pace(), 12_400, 2, 1.2)).toBeCloseTo(1 - 1 / 62, 3);
});

test("what is not is left to one thread, but for a look at the others now and then", () => {
  expect(shareOf(pace(), 2400, 2, 2)).toBeCloseTo(1 / 12, 3);
  expect(shareOf(pace(), 2400, 2, 4)).toBeCloseTo(1 / 12, 3);
});

test("when sharing becomes slow, it ends at once, and comes back when it is fast again", () => {
  const one = pace();
  shareOf(one, 100, 2, 1);
  expect(one.shares()).toBe(true);
  shareOf(one, 20, 2, 5);
  expect(one.shares()).toBe(false);
  expect(shareOf(one, 440, 2, 5)).toBeLessThan(0.15);
  shareOf(one, 440, 2, 1);
  expect(one.shares()).toBe(true);
});

test("the others are wanted while one thread is tried, and not while it has won", () => {
  const one = pace();
  expect([one.shares(), one.mayShare()]).toEqual([false, true]);
  shareOf(one, 20, 2, 2);
  expect([one.shares(), one.mayShare()]).toEqual([true, true]);
  shareOf(one, 20, 2, 2);
  expect([one.shares(), one.mayShare()]).toEqual([false, false]);
  shareOf(one, 200, 2, 2);
  expect([one.shares(), one.mayShare()]).toEqual([false, true]);
});
