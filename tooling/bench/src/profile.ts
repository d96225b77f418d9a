import { start } from "./child.ts";
import { writeTask } from "./material.ts";
import { stepsPerSlice } from "./measure.ts";
import type { Profile } from "./protocol.ts";
import type { RunRecord } from "./record.ts";
import type { Plan } from "./session.ts";
import { profiled } from "./systems.ts";
import type { Workload } from "./workloads.ts";

const SLICES = 7;

/** Profiles ours on every number of threads, into `record`. */
export async function measureProfiles(
  plan: Plan,
  workloads: readonly Workload[],
  record: RunRecord,
  save: () => void,
): Promise<void> {
  for (const workload of workloads) {
    for (const system of profiled) {
      if (plan.signal.aborted) return;
      plan.progress(`${workload.name}: profile, ${system.label}`);
      try {
        const profile = await profileOf(plan, workload, system);
        record.profiles ??= {};
        record.profiles[workload.name] ??= {};
        record.profiles[workload.name]![system.threads] = profile;
      } catch (error) {
        if (plan.signal.aborted) return;
        const { message: note } = error as Error;
        record.notes.push({ system: system.id, workload: workload.name, note });
      }
    }
    save();
  }
}

/** The fastest of several slices: what disturbs a slice is none of its parts. */
async function profileOf(
  plan: Plan,
  workload: Workload,
  system: (typeof profiled)[number],
): Promise<Profile> {
  const task = await writeTask(plan.folder, workload, plan.images);
  const { ask, stop } = start(plan.commandOf(system));
  plan.signal.addEventListener("abort", stop);
  try {
    await ask({ op: "load", task });
    const steps = await stepsPerSlice(ask, workload.slice * plan.pace);
    let fastest = await ask({ op: "profile", steps });
    for (let slice = 1; slice < SLICES; slice++) {
      const profile = await ask({ op: "profile", steps });
      if (profile.seconds < fastest.seconds) fastest = profile;
    }
    return fastest;
  } finally {
    plan.signal.removeEventListener("abort", stop);
    stop();
  }
}
