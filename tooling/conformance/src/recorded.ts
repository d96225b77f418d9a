import type { Buffer, Definition } from "@feedforward/tensor";

/** One call of a definition, with its arguments as they were before it. */
export interface Recorded {
  readonly tag: string;
  readonly f: Definition<(Buffer | number)[]>;
  readonly args: readonly (Buffer | number)[];
}

/** Runs `scenario` with a `call` that notes down every tagged definition before running it. */
export function recorded(
  scenario: (
    call: <A extends readonly (Buffer | number)[]>(f: Definition<A>, ...args: A) => void,
  ) => void,
): Recorded[] {
  const calls: Recorded[] = [];
  scenario((f, ...args) => {
    if (f.kernel)
      calls.push({
        tag: f.kernel[0],
        f: f as unknown as Recorded["f"],
        args: args.map((arg) => (typeof arg === "number" ? arg : arg.slice())),
      });
    f(...args);
  });
  return calls;
}
