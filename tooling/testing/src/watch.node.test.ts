import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const run = (body: string): { readonly signal: string | null; readonly stderr: string } => {
  const { href } = new URL("watch.ts", import.meta.url);
  const text = `import { watch } from ${JSON.stringify(href)};\n${body}`;
  const flags = ["--experimental-strip-types", "--no-warnings", "--input-type=module", "-e", text];
  return spawnSync(process.execPath, flags, { encoding: "utf8", timeout: 60_000 });
};
const stripsTypes = Boolean(process.features.typescript); // Node 20 does not

test.runIf(stripsTypes)(
  "watch() ends a process that does not get done with a file, and prints the file",
  () => {
    const { signal, stderr } = run("watch(Uint8Array.of(1, 255), 100); for (;;);");
    expect(signal).toBe("SIGKILL");
    expect(stderr).toBe("still reading after 100 ms: 01ff\n");
  },
);

test.runIf(stripsTypes)("watch() leaves a process alone that gets done, and lets it end", () => {
  const waits = "await new Promise((resolve) => setTimeout(resolve, 300));";
  const { signal, stderr } = run(`watch(Uint8Array.of(1), 100)(); ${waits}`);
  expect([signal, stderr]).toEqual([null, ""]);
});
