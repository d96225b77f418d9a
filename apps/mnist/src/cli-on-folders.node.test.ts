import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadRun } from "./load-run.ts";
import { makeWorkplace, signalAt } from "./testing/workplace.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // each starts processes of its own

const { at, run, shell, makeData, remove } = makeWorkplace();
afterAll(remove);

beforeAll(() => makeData("tiny", 50));

describe("a signal", () => {
  test("during training ends it, with the network saved", async () => {
    const { code, out, err } = await run(
      ["--data", "tiny", "--epochs", "100000", "--out", "stopped"],
      signalAt(/^ +1 +\d/m, "SIGINT"),
    );
    expect({ code, err }).toEqual({ code: 130, err: "" });
    expect(out).toContain("Ctrl-C again leaves at once");
    expect(out).toMatch(
      /Stopped in epoch \d+\. The network as it is now is saved in\n {2}stopped \(/,
    );
    expect((await loadRun(at("stopped"))).net.outputs).toBe(10);
  });

  test("during evaluation ends it, with the network saved", async () => {
    const data = await makeData("long", 30_000);
    const { code, out, err } = await run(
      ["--data", data, "--hidden", "512", "--epochs", "1", "--out", "evaluated"],
      signalAt(/^evaluating 30,000 images/m, "SIGTERM"),
    );
    expect({ code, err }).toEqual({ code: 143, err: "" });
    expect(out).toContain(
      "Stopped while it was evaluated. To do that again: npm start -- evaluate evaluated",
    );
    expect((await loadRun(at("evaluated"))).data).toBe("long");
  });
});

test("a reader that goes away ends it quietly", async () => {
  const { code, out, err } = await shell("cli --data tiny --epochs 100000 --out piped | head -n 1");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n")).toHaveLength(2);
  expect((await loadRun(at("piped"))).net.outputs).toBe(10);
});

test("a folder of IDX files, raw and .gz, is trained on and evaluated once", async () => {
  const data = await makeData("small", 50);
  const { code, out } = await run(["--data", data, "--hidden", "none", "--epochs", "2", "--quiet"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Test accuracy \d+\.\d\d %, 95 % interval .* \(\d+ of 50\)\n$/);

  const patient = await run(["--data", data, "--epochs", "500", "--patience", "1"]);
  expect(patient.code).toBe(0);
  expect(patient.out).toMatch(
    /^The weights of epoch \d+ are kept: it has the lowest validation loss\.$/m,
  );

  const labels = join(at(data), "train-labels-idx1-ubyte");
  writeFileSync(labels, readFileSync(labels).subarray(0, 50));
  const truncated = await run(["--data", data, "--out", "never"]);
  expect(truncated.code).toBe(1);
  expect(truncated.err).toMatch(/^error: .* in small\/train-labels-idx1-ubyte .* truncated\n$/);
  rmSync(labels);
  expect((await run(["--data", data, "--out", "never"])).err).toMatchInlineSnapshot(`
    "error: small has no train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz: --data takes a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte
    "
  `);
  expect((await run(["--data", "nowhere", "--out", "never"])).err).toMatchInlineSnapshot(`
    "error: could not read the folder nowhere: it does not exist
    "
  `);
  expect(existsSync(at("never"))).toBe(false);
});
