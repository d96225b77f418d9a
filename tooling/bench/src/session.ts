import { type Child, type Command, start } from "./child.ts";
import { type Images, writeTask } from "./material.ts";
import {
  callsPerSlice,
  check,
  distance,
  ledIn,
  stepsPerSlice,
  TOLERANCE,
  takeRounds,
} from "./measure.ts";
import type { Task } from "./protocol.ts";
import type { RunRecord, WorkloadRecord } from "./record.ts";
import { reasonFor, type System } from "./systems.ts";
import { describe, type Workload } from "./workloads.ts";

/** What a run is to do, and what it is told on the way. */
export interface Plan {
  readonly systems: readonly System[];
  readonly workloads: readonly Workload[];
  readonly images: Images;
  /** Rounds of slices. */
  readonly pairs: number;
  /** The length of every slice is multiplied by it. */
  readonly pace: number;
  /** Starts of each system's process. */
  readonly starts: number;
  /** The loss is checked after 100 steps where these take no longer, in seconds. */
  readonly checkLimit: number;
  /** Where the systems find the data. */
  readonly folder: string;
  readonly commandOf: (system: System) => Command;
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
}

interface Member {
  readonly system: System;
  readonly child: Child;
}

const PREDICT_LIMIT = 2; // seconds that a call may take before fewer rows are asked for

/** Measures everything that is planned, into `record`, which is whole after each part. */
export async function measure(plan: Plan, record: RunRecord, save: () => void): Promise<void> {
  record.ledIn = true;
  for (const workload of plan.workloads) {
    if (plan.signal.aborted) return;
    await measureWorkload(plan, workload, record);
    save();
  }
  const small = plan.workloads.find(({ name }) => name === "S");
  if (small && !plan.signal.aborted) await measureStarts(plan, small, record);
  save();
}

async function measureWorkload(plan: Plan, workload: Workload, record: RunRecord): Promise<void> {
  const { name, unit, batch } = workload;
  const asked = plan.systems.filter(({ workloads }) => workloads.includes(name));
  const task = await writeTask(plan.folder, workload, plan.images);
  const result: WorkloadRecord = {
    name,
    description: describe(workload),
    unit,
    batch,
    checks: {},
    reasons: {},
    slices: {},
    memory: {},
    predict: {},
  };
  record.workloads.push(result);
  const note = (system: string, text: string): void => {
    if (plan.signal.aborted) return;
    record.notes.push({ system, workload: name, note: text });
    plan.progress(`${name}: ${system}: ${text}\n`);
  };
  const members: Member[] = [];
  const stop = (): void => {
    for (const { child } of members) child.stop();
  };
  plan.signal.addEventListener("abort", stop);
  try {
    for (const system of asked) {
      if (plan.signal.aborted) return;
      plan.progress(`${name}: ${system.id} begins`);
      const child = start(plan.commandOf(system));
      const member = { system, child };
      members.push(member);
      try {
        await admit(plan, member, task, workload, result, record);
      } catch (error) {
        members.pop();
        child.stop();
        note(system.id, (error as Error).message);
      }
    }
    await timeSteps(plan, members, workload, result, note);
    for (const rows of workload.predicts ?? [])
      await timePredictions(plan, members, rows, task, result, note);
  } finally {
    plan.signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Loads the task, checks the loss and reads the memory; throws unless the system may be timed. */
async function admit(
  plan: Plan,
  { system, child }: Member,
  task: Task,
  { agreeAfter }: Workload,
  { name, checks, reasons, memory }: WorkloadRecord,
  record: RunRecord,
): Promise<void> {
  const { about } = await child.ask({ op: "load", task });
  record.systems[system.id] = { label: system.label, ...about };
  const mine = await check(child.ask, plan.checkLimit);
  const first = Object.values(checks)[0] ?? mine;
  checks[system.id] = mine;
  if (!system.browser) memory[system.id] = await child.ask({ op: "memory" });
  const reason = reasonFor(system, name);
  if (reason) {
    reasons[system.id] = reason;
    return;
  }
  const apart = distance(mine, first, agreeAfter);
  if (!(apart && Math.abs(apart.difference) <= TOLERANCE))
    throw new Error(
      `not timed: its loss after ${apart?.steps} steps is ${apart?.difference.toPrecision(3)} from the first's`,
    );
}

type Note = (system: string, text: string) => void;

async function timeSteps(
  plan: Plan,
  members: readonly Member[],
  { name, slice }: Workload,
  { slices }: WorkloadRecord,
  note: Note,
): Promise<void> {
  const entries = [];
  for (const { system, child } of members) {
    if (plan.signal.aborted) return;
    plan.progress(`${name}: ${system.id} warms up`);
    const steps = await stepsPerSlice(child.ask, slice * plan.pace).catch((error: Error) => {
      note(system.id, error.message);
      return 0;
    });
    if (steps === 0) continue;
    const series = { count: steps, seconds: [] };
    slices[system.id] = series;
    entries.push({ id: system.id, series, slice: ledIn(() => child.ask({ op: "steps", steps })) });
  }
  await takeRounds(entries, plan.pairs, {
    round: (round) => plan.progress(`${name}: round ${round} of ${plan.pairs}`),
    failed: (id, { message }) => note(id, message),
    signal: plan.signal,
  });
}

async function timePredictions(
  plan: Plan,
  members: readonly Member[],
  wanted: number,
  task: Task,
  { name, predict }: WorkloadRecord,
  note: Note,
): Promise<void> {
  const rows = Math.min(wanted, task.test.rows);
  const series: WorkloadRecord["predict"][string] = {};
  predict[rows] = series;
  const entries = [];
  for (const { system, child } of members) {
    if (plan.signal.aborted) return;
    plan.progress(`${name}: ${system.id} predicts ${rows}`);
    const paced = { target: 0.1 * plan.pace, limit: PREDICT_LIMIT * plan.pace };
    const calls = await callsPerSlice(child.ask, rows, paced).catch((error: Error) => {
      note(system.id, error.message);
    });
    if (!calls) continue;
    const mine = { ...calls, seconds: [] };
    series[system.id] = mine;
    const request = { op: "predict", rows: calls.rows, calls: calls.count } as const;
    entries.push({ id: system.id, series: mine, slice: ledIn(() => child.ask(request)) });
  }
  await takeRounds(entries, plan.pairs, {
    round: (round) => plan.progress(`${name}: predicts ${rows}, round ${round} of ${plan.pairs}`),
    failed: (id, { message }) => note(id, message),
    signal: plan.signal,
  });
}

/** From the start of the process to the end of its first step, without the time it took to read the data. */
async function measureStarts(plan: Plan, small: Workload, record: RunRecord): Promise<void> {
  const task = await writeTask(plan.folder, small, plan.images);
  const able = plan.systems.filter(({ id, browser }) => record.systems[id] && !browser);
  const entries = able.map((system) => {
    const series = { count: 1, seconds: [] as number[] };
    record.startUp[system.id] = series.seconds;
    const slice = async (): Promise<{ seconds: number }> => {
      const began = performance.now();
      const child = start(plan.commandOf(system));
      try {
        const { dataSeconds } = await child.ask({ op: "load", task });
        await child.ask({ op: "prepare", steps: 1 });
        await child.ask({ op: "steps", steps: 1 });
        return { seconds: (performance.now() - began) / 1000 - dataSeconds };
      } finally {
        child.stop();
      }
    };
    return { id: system.id, series, slice };
  });
  await takeRounds(entries, plan.starts, {
    round: (round) => plan.progress(`start-up: round ${round} of ${plan.starts}`),
    failed: (system, { message }) => record.notes.push({ system, note: `start-up: ${message}` }),
    signal: plan.signal,
  });
}
