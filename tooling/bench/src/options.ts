import { parseArgs } from "node:util";
import { type System, systems } from "./systems.ts";
import { toProfile, type Workload, workloads } from "./workloads.ts";

/** What the command line asks for. */
export interface Options {
  readonly systems: readonly System[];
  readonly workloads: readonly Workload[];
  readonly pairs: number;
  readonly pace: number;
  readonly starts: number;
  readonly checkLimit: number;
  readonly data?: string;
  readonly out?: string;
  /** Whether to profile ours and measure nothing else. */
  readonly profile: boolean;
  readonly report: boolean;
  readonly installPeers: boolean;
  readonly help: boolean;
  /** Whether everything is measured, as BENCHMARKS.md needs it. */
  readonly complete: boolean;
}

export const help = `pnpm bench [options]

Measures ours and its peers side by side. A whole run writes tooling/bench/results/DATE.json and
BENCHMARKS.md; a part of one prints its page, and leaves its record in node_modules/.cache/bench.

  --systems LIST      of ${[...new Set(systems.map(({ group }) => group))].join(", ")},
                      or one of each: ${systems.map(({ id }) => id).join(", ")}
  --workloads LIST    of ${workloads.map(({ name }) => name).join(", ")}
                      (all unless told)
  --pairs N           rounds of slices; 30 unless told
  --profile           only where a step's time goes, on the wasm backend (for S, M, L unless told)
  --quick             5 rounds of short slices, to see that all runs
  --data DIR          IDX files with MNIST's names, .gz or raw; BENCH_DATA unless told,
                      else Debian's Fashion-MNIST, else the trainer's embedded digits
  --check-limit N     the loss is compared after 100 steps where these take up to N seconds,
                      else after 10; 60 unless told
  --out FILE          where the record goes as it grows
  --report [FILE]     writes BENCHMARKS.md from the newest record in results/, or from FILE
  --install-peers     installs the JavaScript peers into node_modules/.cache/bench first
  --help              this text

Ctrl-C ends the run; what is measured by then is written.`;

/** Reads the command line. Throws a RangeError that names what it does not know. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options & { readonly files: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: [...args].filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      systems: { type: "string" },
      workloads: { type: "string" },
      pairs: { type: "string" },
      quick: { type: "boolean", default: false },
      data: { type: "string" },
      "check-limit": { type: "string" },
      out: { type: "string" },
      profile: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      "install-peers": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { quick, profile } = values;
  const pairs = wholeNumber("pairs", values.pairs, quick ? 5 : 30);
  const data = values.data ?? environment.BENCH_DATA;
  return {
    systems: chosen("systems", values.systems, systems, ({ id, group }) => [id, group]),
    workloads: chosen(
      "workloads",
      values.workloads ?? (profile ? toProfile.join() : undefined),
      workloads,
      ({ name }) => [name],
    ),
    pairs,
    pace: quick ? 0.25 : 1,
    starts: quick ? 1 : 10,
    checkLimit: wholeNumber("check-limit", values["check-limit"], quick ? 10 : 60),
    ...(data && { data }),
    ...(values.out && { out: values.out }),
    profile,
    report: values.report,
    installPeers: values["install-peers"],
    help: values.help,
    complete: !quick && !profile && !values.systems && !values.workloads && pairs >= 30,
    files: positionals,
  };
}

function chosen<T>(
  option: string,
  list: string | undefined,
  all: readonly T[],
  namesOf: (item: T) => readonly string[],
): readonly T[] {
  if (!list) return all;
  const wanted = list.split(",").map((name) => name.trim());
  const known = [...new Set(all.flatMap(namesOf))];
  for (const name of wanted)
    if (!known.includes(name))
      throw new RangeError(
        `--${option} expects names among ${known.join(", ")}, but one is ${JSON.stringify(name)}`,
      );
  return all.filter((item) => namesOf(item).some((name) => wanted.includes(name)));
}

function wholeNumber(option: string, text: string | undefined, unlessTold: number): number {
  if (text === undefined) return unlessTold;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(
      `--${option} expects a whole number above 0, but it is ${JSON.stringify(text)}`,
    );
  return value;
}
