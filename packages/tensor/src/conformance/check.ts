/** One thing that every backend promises. */
export interface Check {
  readonly name: string;
  /** Rejects with an error that says what was wanted and what was found, unless the promise is kept. */
  readonly run: () => Promise<void>;
}
