const LONGEST_WORK = 50; // ms between two returns to the event loop

/** Lets the event loop run now and then. */
export interface Breath {
  /** Nothing to wait for, or a promise to await, when more than 50 ms have passed since the last return. */
  due(): Promise<void> | undefined;
  /** The event loop has just run for another reason. */
  taken(): void;
}

/** A breath that starts counting now. */
export function breathe(): Breath {
  let last = performance.now();
  const taken = (): void => {
    last = performance.now();
  };
  return {
    taken,
    due: () =>
      performance.now() - last > LONGEST_WORK ? returnToEventLoop().then(taken) : undefined,
  };
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
