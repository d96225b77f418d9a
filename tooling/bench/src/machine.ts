import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import type { Machine } from "./record.ts";

/** This machine, in the words of its own system. */
export function describeMachine(): Machine {
  return {
    cpu: `${cpus()[0]?.model.trim() ?? "unknown"}${vectors()}`,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${distribution() ?? type()}, kernel ${release()}`,
    node: process.versions.node,
    load: loadavg()[0]!,
  };
}

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

function vectors(): string {
  const flags = /^flags\s*:(.*)$/m.exec(read("/proc/cpuinfo"))?.[1]?.split(" ") ?? [];
  const widest = ["avx512f", "avx2", "avx", "sse4_2"].find((flag) => flags.includes(flag));
  const names: Record<string, string> = { avx512f: "AVX-512", avx2: "AVX2", avx: "AVX" };
  return widest ? `, ${names[widest] ?? widest}` : "";
}

const distribution = (): string | undefined =>
  /^PRETTY_NAME="(.*)"$/m.exec(read("/etc/os-release"))?.[1];
