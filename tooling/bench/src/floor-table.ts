import { digits, duration, grouped, table } from "./cells.ts";
import { floors, limits, NO_LOSS } from "./floors.ts";
import { label } from "./labels.ts";
import { ratioTo, secondsPerStep, timed } from "./ratios.ts";
import type { RunRecord, Series } from "./record.ts";
import { median, spread } from "./statistics.ts";

const noLoss = "no loss";

/** What the project set out to reach, and whether this run does. */
export function floorTable(record: RunRecord): string {
  const ratios = floors.flatMap(({ system, against: rivals, workload: name, rows, ...set }) => {
    const { floor, stretch } = set;
    const workload = record.workloads.find((w) => w.name === name);
    const series = (rows ? workload?.predict[rows] : workload?.slices) ?? {};
    const against = fastest(series, rivals);
    const times = against && ratioTo(series, system, against);
    if (!times) return [];
    return [
      [
        `${label(record, system)}, against ${label(record, against)}`,
        rows ? `${name}, predicting ${grouped(`${rows}`)}` : name,
        `${digits(times.median)} [${digits(times.low)}, ${digits(times.high)}]`,
        floor === NO_LOSS ? noLoss : `${floor}`,
        times.median >= floor ? "reached" : "missed",
        stretch ?? "",
      ],
    ];
  });
  const seconds = limits.flatMap(({ system, what, limit, stretch }) => {
    const m = record.workloads.find(({ name }) => name === "M");
    const one = m?.predict[what]?.[system];
    const measured = what === "start-up" ? record.startUp[system] : one && secondsPerStep(one);
    if (!measured?.length) return [];
    const { median: middle, low, high } = spread(measured);
    return [
      [
        label(record, system),
        what === "start-up" ? what : "M, predicting one row",
        `${duration(middle)} [${duration(low)}, ${duration(high)}]`,
        `${duration(limit)}`,
        middle <= limit ? "reached" : "missed",
        stretch ? duration(stretch) : "",
      ],
    ];
  });
  if (ratios.length + seconds.length === 0) return "";
  const head = ["", "", "times as fast, or time", "set out", "", "stretch"];
  const words = ratios.some((row) => row.includes(noLoss))
    ? `\n\nThere is ${noLoss} from ${NO_LOSS} times on: medians of equals come as low as that.`
    : "";
  return `## Against what was set out\n\n${table(head, [...ratios, ...seconds], 2)}${words}`;
}

function fastest(
  all: Readonly<Record<string, Series>>,
  ids: readonly string[],
): string | undefined {
  const speed = (id: string): number => median(secondsPerStep(all[id]!));
  return ids.filter((id) => timed(all[id])).sort((a, b) => speed(a) - speed(b))[0];
}
