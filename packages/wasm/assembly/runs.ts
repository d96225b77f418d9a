import { madd } from "./lanes";
import { sgdOf } from "./optimizers";
import { ROW } from "./sparse";

// Of a gradient in panels, the runs of inputs whose rows may not be zero: what a batch has no pixel at is neither written
// again nor subtracted. Their count in 32 bits, then the first of each run and the first behind it, in 16 bits each; a
// byte for each input tells whether it was in use the last time.

/** The most inputs that have runs: fewer than 65536. */
export const MOST_INPUTS: usize = 4096;

/** How many bytes runs take. */
export function runBytes(): usize {
  return countBytes(MOST_INPUTS) + MOST_INPUTS;
}

/** The bytes before those that tell which inputs were in use. */
// @ts-ignore: decorator
@inline
function countBytes(inputs: usize): usize {
  return 4 + ((inputs + 1) >> 1 << 2);
}

/**
 * Writes the runs of inputs that are in use, now or the last time: that is, which have anything in their lists. The rows
 * of all others hold zeros, if `known` is; else all are one run.
 */
export function writeRuns(runs: usize, lists: usize, listStep: usize, inputs: usize, known: bool): void {
  const before = runs + countBytes(inputs);
  let to = runs + 4;
  let isIn = false;
  for (let i: usize = 0; i < inputs; i++) {
    const uses = load<u16>(lists) > 0;
    const isNext = uses || load<u8>(before + i) != 0;
    store<u8>(before + i, <u8>uses);
    if (isNext != isIn) {
      store<u16>(to, <u16>i);
      to += 2;
      isIn = isNext;
    }
    lists += listStep;
  }
  if (!known) {
    store<u32>(runs + 4, <u32>inputs << 16);
    store<u32>(runs, 1);
    return;
  }
  if (isIn) {
    store<u16>(to, <u16>inputs);
    to += 2;
  }
  store<u32>(runs, <u32>((to - runs - 4) >> 2));
}

/**
 * sgd without decay, for W and its gradient in so many panels, over the runs of inputs that the gradient has; gives
 * whether what became of them is finite.
 */
export function sgdOfRuns(w: usize, g: usize, rate: f64, panels: usize, inputs: usize, runs: usize): bool {
  const minusRate = f32x4.splat(<f32>-rate);
  const none = f32x4.splat(0);
  let s0 = none;
  let s1 = none;
  let s2 = none;
  let s3 = none;
  const lastRun = runs + 4 + (<usize>load<u32>(runs) << 2);
  for (; panels > 0; panels--) {
    for (let run = runs + 4; run < lastRun; run += 4) {
      const end = <usize>load<u16>(run, 2) * ROW;
      for (let at = <usize>load<u16>(run) * ROW; at < end; at += 64) {
        s0 = madd(none, sgdOf(w + at, g + at, minusRate, none, 4), s0);
        s1 = madd(none, sgdOf(w + at + 16, g + at + 16, minusRate, none, 4), s1);
        s2 = madd(none, sgdOf(w + at + 32, g + at + 32, minusRate, none, 4), s2);
        s3 = madd(none, sgdOf(w + at + 48, g + at + 48, minusRate, none, 4), s3);
      }
    }
    w += inputs * ROW;
    g += inputs * ROW;
  }
  const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  return v128.all_true<i32>(f32x4.eq(sum, sum));
}
