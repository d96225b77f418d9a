import { timed } from "./ratios.ts";
import type { RunRecord } from "./record.ts";
import { base } from "./systems.ts";

/** The systems that a run has timed. */
export const present = (record: RunRecord): string[] =>
  Object.keys(record.systems).filter((id) =>
    record.workloads.some(({ slices }) => timed(slices[id])),
  );

/** What ratios are against: PyTorch on one thread; the first system of a run without it. */
export const baseOf = (record: RunRecord): string => {
  const ids = present(record);
  return ids.includes(base) ? base : ids[0]!;
};

/** What the tables call a system. */
export const label = ({ systems }: RunRecord, id: string): string => systems[id]?.label ?? id;
