import type { Buffer, Call, Definition } from "../backend.ts";

/** One call of a definition, with its arguments as they were before it. */
export interface RecordedCall {
  /** The name of the definition's kernel. */
  readonly tag: string;
  readonly f: Definition<(Buffer | number)[]>;
  readonly args: readonly (Buffer | number)[];
  /** What is special about the arguments, for the name of a check: "of extremes". */
  readonly of?: string;
}

/**
 * Notes down every tagged definition that `scenario` calls, and runs it.
 *
 * @param scenario Does what a run would do, with the `call` that it is given: an optimizer takes it as it
 *   is, a layer as that of a session, `{ ...session, call }`.
 * @param of What is special about the arguments, for the names of checks: "of extremes".
 * @example
 * import { recordedCalls } from "@feedforward/tensor/conformance";
 *
 * const params = [{ shape: [2], data: Float32Array.of(1, 2) }];
 * const calls = recordedCalls((call) => {
 *   const optimizer = adam();
 *   optimizer.step(params, [Float32Array.of(3, 4)], optimizer.init(params), call);
 * });
 * calls.map(({ tag }) => tag) // => ["adam"]
 */
export function recordedCalls(scenario: (call: Call) => void, of?: string): RecordedCall[] {
  const calls: RecordedCall[] = [];
  scenario((f, ...args) => {
    if (f.kernel)
      calls.push({
        tag: f.kernel[0],
        f: f as unknown as RecordedCall["f"],
        args: args.map((arg) => (typeof arg === "number" ? arg : arg.slice())),
        ...(of !== undefined && { of }),
      });
    f(...args);
  });
  return calls;
}
