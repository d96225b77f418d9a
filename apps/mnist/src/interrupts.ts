const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const; // 128 + the number of the signal
const SAME_PRESS = 400; // ms: npm passes on a Ctrl-C that the terminal has sent to all of them

/** Whether and how the program is to stop before its work is done. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** What to exit with, once asked to stop. */
  exitCode(): number | undefined;
}

/** What a stop needs from outside. */
export interface Surroundings {
  /** Called at the first signal. */
  readonly onSignal: () => void;
  readonly exit: (code: number) => void;
  /** In milliseconds. */
  readonly now: () => number;
}

/** The first stop aborts, and another exits at once; unless it is an echo of the same key press. */
export function stopper({ onSignal, exit, now }: Surroundings): Interrupts & {
  readonly stop: (code: number) => void;
} {
  const controller = new AbortController();
  let first: { readonly code: number; readonly at: number } | undefined;
  const stop = (code: number): void => {
    if (first) {
      if (code !== 0 && now() - first.at > SAME_PRESS) exit(code);
      return;
    }
    first = { code, at: now() };
    if (code !== 0) onSignal();
    controller.abort(new Error("interrupted"));
  };
  return { signal: controller.signal, exitCode: () => first?.code, stop };
}

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP.
 *
 * A reader that goes away (`| head`) stops the program as well, without a word and with exit code 0.
 */
export function listenForInterrupts(onSignal: () => void): Interrupts {
  const { stop, ...interrupts } = stopper({
    onSignal,
    exit: (code) => process.exit(code),
    now: () => performance.now(),
  });
  for (const [name, code] of Object.entries(codes)) process.on(name, () => stop(code));
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error; // EIO: the terminal is gone
      stop(0);
    });
  return interrupts;
}
