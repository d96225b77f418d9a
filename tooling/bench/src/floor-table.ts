import { digits, duration, grouped, table } from "./cells.ts";
import { floors, limits } from "./floors.ts";
import { label } from "./labels.ts";
import { ratioTo, secondsPerStep } from "./ratios.ts";
import type { RunRecord } from "./record.ts";
import { spread } from "./statistics.ts";

/** What the project set out to reach, and whether this run does. */
export function floorTable(record: RunRecord): string {
  const ratios = floors.flatMap(({ system, against, workload: name, rows, floor, stretch }) => {
    const workload = record.workloads.find((w) => w.name === name);
    const series = rows ? workload?.predict[rows] : workload?.slices;
    const times = series && ratioTo(series, system, against);
    if (!times) return [];
    return [
      [
        `${label(record, system)}, against ${label(record, against)}`,
        rows ? `${name}, predicting ${grouped(`${rows}`)}` : name,
        `${digits(times.median)} [${digits(times.low)}, ${digits(times.high)}]`,
        `${floor}`,
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
  return `## Against what was set out\n\n${table(head, [...ratios, ...seconds], 2)}`;
}
