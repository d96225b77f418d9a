const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof codes;

const SAME_PRESS = 400; // ms: npm and pnpm pass on a Ctrl-C that the terminal has sent to all of them

/** Whether and how the user has asked the program to stop. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal, once there was one. */
  exitCode(): number | undefined;
}

/** Turns the first Ctrl-C (or SIGTERM, SIGHUP) into an abort, and the second into an end at once. */
export function listenForInterrupts(onFirst: () => void): Interrupts {
  const controller = new AbortController();
  let first: { readonly code: number; readonly at: number } | undefined;
  for (const name of Object.keys(codes) as Signal[])
    process.on(name, () => {
      const at = performance.now();
      if (first && at - first.at > SAME_PRESS) process.exit(codes[name]);
      if (first) return;
      first = { code: codes[name], at };
      onFirst();
      controller.abort(new Error(`stopped by ${name}`));
    });
  return { signal: controller.signal, exitCode: () => first?.code };
}
