/** Finds out whether sharing pays: on a busy machine, threads that wait for each other may lose. */
export interface Pace {
  /** Whether the next job is better shared. */
  shares(): boolean;
  /** Whether one of the next jobs may be: then the other threads had better be there. */
  mayShare(): boolean;
  /** The job is done: how much it was, and how long it took. */
  note(work: number, ms: number): void;
}

const WINDOW = 20; // jobs that are looked at together: the products of some steps
const SHARED = 60; // windows of sharing before it is doubted, unless it becomes slower than one thread was
const ALONE = 10; // windows on one thread before sharing is tried again
const GAIN = 1.05; // below that, the other processors are better left to others

/**
 * Tries one thread, then all, keeps to what was faster, and tries again after a while.
 *
 * No result depends on it: shared or not, a job gives the same bits.
 */
export function pace(): Pace {
  let [shared, trial, held] = [false, true, 0];
  let [jobs, work, ms] = [0, 0, 0];
  let alone = 0; // work in a millisecond, when last tried
  const decide = (rate: number): void => {
    if (!trial) {
      held++;
      if (held < (shared ? SHARED : ALONE) && (!shared || rate >= alone)) return;
      [shared, trial, held] = [false, true, 0];
    } else if (!shared) {
      alone = rate;
      shared = true;
    } else {
      shared = rate >= GAIN * alone;
      trial = false;
    }
  };
  return {
    shares: () => shared,
    mayShare: () => shared || trial,
    note(more, time) {
      jobs++;
      work += more;
      ms += time;
      if (jobs < WINDOW) return;
      decide(work / Math.max(ms, 1e-3));
      [jobs, work, ms] = [0, 0, 0];
    },
  };
}
