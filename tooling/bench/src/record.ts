import type { Profile, Replies } from "./protocol.ts";

// What a run leaves behind: everything that BENCHMARKS.md is made of, raw.

/** The machine, as it says of itself. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** The load average over a minute when the run began: above 0 something else was running. */
  readonly load: number;
}

/** One system's slices of a workload, or its calls of a prediction: seconds of each round. */
export interface Series {
  /** Steps in a slice, or calls. */
  readonly count: number;
  readonly seconds: number[];
}

/** A loss after so many steps from the common start. */
export interface Check {
  readonly steps: number;
  readonly loss: number;
}

/** All that was measured of one workload. */
export interface WorkloadRecord {
  readonly name: string;
  readonly description: string;
  readonly unit: "steps" | "samples";
  readonly batch: number;
  readonly checks: Record<string, Check[]>;
  /** Why a system's loss cannot be the others'. */
  readonly reasons: Record<string, string>;
  readonly slices: Record<string, Series>;
  readonly memory: Record<string, Replies["memory"]>;
  /** Predictions, by the number of rows asked for; a slow system may be asked for fewer. */
  readonly predict: Record<string, Record<string, Series & { readonly rows: number }>>;
}

/** A run. */
export interface RunRecord {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly data: string;
  /** The rounds asked for. */
  readonly pairs: number;
  /** Whether each slice came right after an untimed one; in a record that does not say so, none did. */
  ledIn?: boolean;
  /** What each says of itself, in the order of the tables. */
  readonly systems: Record<string, Readonly<Record<string, string>>>;
  /** What was not measured, and why. */
  readonly notes: { readonly system: string; readonly workload?: string; readonly note: string }[];
  readonly workloads: WorkloadRecord[];
  /** Process start to the end of the first step of S, the data apart, in seconds. */
  readonly startUp: Record<string, number[]>;
  /** Where a step's time goes, by workload and number of threads. */
  profiles?: Record<string, Record<number, Profile>>;
  /** Minified and gzipped, in bytes. */
  readonly bundles: Record<string, { readonly what: string; readonly bytes: number }>;
}

/** As text: a line for each list of numbers, numbers to six digits. */
export const toText = (record: RunRecord): string =>
  `${JSON.stringify(record, round, 1).replace(/\[[-\d.e+,\s]+\]/g, (list) => list.replace(/\s+/g, ""))}\n`;

const round = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
