// `pnpm soak` sets SOAK; a browser has no environment, and runs the short version.
const environment = (globalThis.process as NodeJS.Process | undefined)?.env;

/** How many mutated files of a kind a test reads: 1,000, and 10,000 in `pnpm soak`. */
export const fuzzRuns: number = environment?.SOAK ? 10_000 : 1000;

/** How long such a test may take, in ms: a hundred times what it takes. */
export const fuzzTimeout: number = 100 * fuzzRuns;
