import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type Child, plainEnvironment, start } from "./child.ts";

const fake = fileURLToPath(new URL("fake-driver.ts", import.meta.url));
const children: Child[] = [];
const started = (...args: string[]): Child => {
  const child = start({ file: process.execPath, args: [fake, ...args] });
  children.push(child);
  return child;
};
afterEach(() => {
  for (const child of children.splice(0)) child.stop();
});

describe("start", () => {
  test("asks a process line by line, and passes over what is no reply", async () => {
    const { ask } = started("0.5");
    expect(await ask({ op: "steps", steps: 4 })).toEqual({ seconds: 2 });
    expect(await ask({ op: "memory" })).toEqual({ data: 1_000_000, peak: 3_000_000 });
  });

  test("fails with the last line of a process that dies, then and ever after", async () => {
    const { ask } = started("dies");
    await expect(ask({ op: "steps", steps: 1 })).rejects.toThrow("Segmentation fault");
    await expect(ask({ op: "memory" })).rejects.toThrow("Segmentation fault");
  });

  test("fails when the file is not there", async () => {
    const { ask } = start({ file: "/nowhere/python3", args: [] });
    await expect(ask({ op: "memory" })).rejects.toThrow("ENOENT");
  });

  test("rejects what is being asked when it is stopped", async () => {
    const child = started();
    await child.ask({ op: "memory" });
    const asked = child.ask({ op: "memory" }).then(() => child.ask({ op: "memory" }));
    child.stop();
    await expect(asked).rejects.toThrow("ended (SIGKILL)");
  });
});

test("plainEnvironment takes out what chooses kernels or threads, and nothing else", () => {
  expect(
    plainEnvironment({
      PATH: "/usr/bin",
      OPENBLAS_CORETYPE: "Haswell",
      OPENBLAS_L2_SIZE: "1",
      OMP_NUM_THREADS: "7",
      MKL_DEBUG_CPU_TYPE: "5",
      NODE_OPTIONS: "--jitless",
      HOME: "/root",
    }),
  ).toEqual({ PATH: "/usr/bin", HOME: "/root" });
});
