import { read } from "./sources.ts";

/** What `pnpm soak` found, as scripts/soak-result.json keeps it. */
export interface SoakResult {
  /** The day, as in 2026-01-31. */
  readonly date: string;
  readonly node: string;
  readonly seconds: number;
  readonly parts: readonly {
    readonly what: string;
    readonly result: string;
    readonly passed: boolean;
    readonly seconds: number;
  }[];
}

const time = (seconds: number): string =>
  seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;

/** The last run of `pnpm soak`, for the README. */
export function soak(): string {
  const { date, node, seconds, parts } = JSON.parse(read("scripts/soak-result.json")) as SoakResult;
  const rows = parts.map(
    ({ what, result, passed, seconds }) =>
      `| ${what} | ${passed ? "" : "**failed**: "}${result} | ${time(seconds)} |`,
  );
  return [
    `Last run of \`pnpm soak\`: ${date}, Node ${node}, ${time(seconds)}.`,
    "",
    "| what | result | time |",
    "| --- | --- | ---: |",
    ...rows,
  ].join("\n");
}
