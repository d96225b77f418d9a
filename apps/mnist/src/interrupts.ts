const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const; // 128 + the number of the signal
const SAME_PRESS = 400; // ms: npm and pnpm pass on a Ctrl-C that the terminal has sent to all of them

/** Whether and how the program is to stop before its work is done. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** What to exit with, once asked to stop. */
  exitCode(): number | undefined;
}

/**
 * Turns the first Ctrl-C (or SIGTERM, SIGHUP) into an abort, and the second into an end at once.
 *
 * A reader that goes away (`| head`) aborts as well, without a word and with exit code 0.
 */
export function listenForInterrupts(onSignal: () => void): Interrupts {
  const controller = new AbortController();
  let first: { readonly code: number; readonly at: number } | undefined;
  const stop = (code: number, tell: () => void): void => {
    const at = performance.now();
    if (first && code !== 0 && at - first.at > SAME_PRESS) process.exit(code);
    if (first) return;
    first = { code, at };
    tell();
    controller.abort(new Error("interrupted"));
  };
  for (const [name, code] of Object.entries(codes)) process.on(name, () => stop(code, onSignal));
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // EIO: the terminal is gone
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
      stop(0, () => undefined);
    });
  return { signal: controller.signal, exitCode: () => first?.code };
}
