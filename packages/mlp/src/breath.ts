const LONGEST_WORK = 50; // ms between two returns to the event loop

/** Asked after each step: nothing to wait for, or a promise to await when the event loop is due. */
export type Breath = () => Promise<void> | undefined;

/**
 * A breath that starts counting now.
 *
 * Only its own returns count. What awaits a report may be a loop that never waits for anything: it
 * resumes the run by a microtask, and neither timers nor signals get a turn.
 */
export function breathe(): Breath {
  let last = performance.now();
  return () =>
    performance.now() - last > LONGEST_WORK
      ? returnToEventLoop().then(() => {
          last = performance.now();
        })
      : undefined;
}

/** A turn of the event loop. A message is not held back in a background tab, as a timer is. */
function returnToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
