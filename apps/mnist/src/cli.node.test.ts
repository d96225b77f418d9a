import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { take, writeIdx } from "@feedforward/data";
import { wasm } from "@feedforward/wasm";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { embeddedDigits, readDigits } from "./embedded-digits.ts";
import { loadRun } from "./load-run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // each starts processes of its own

const cli = new URL("./cli.ts", import.meta.url).pathname;
const args = ["--conditions=@feedforward/source", cli];
const folder = mkdtempSync(join(tmpdir(), "mnist-"));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program to its end; `onOutput` sees all it has printed so far. */
function run(
  argv: readonly string[],
  onOutput?: (out: string, child: ChildProcess) => void,
): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, ...argv], { cwd: folder });
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => {
      out += text;
      onOutput?.(out, child);
    });
    child.stderr.on("data", (text) => {
      err += text;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** Runs the program in a shell: `command` with $CLI for its start. */
function shell(command: string): Promise<Result> {
  const CLI = [process.execPath, ...args].join(" ");
  return new Promise((resolve) => {
    execFile(
      "sh",
      ["-c", command],
      { cwd: folder, env: { ...process.env, CLI } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

/** Sends a signal once, as soon as the output matches. */
const interruptAt = (pattern: RegExp, signal: NodeJS.Signals) => {
  let sent = false;
  return (out: string, child: ChildProcess): void => {
    if (!sent && pattern.test(out)) sent = child.kill(signal);
  };
};

/** Makes a folder of IDX files: some digits to train on, raw, and `tests` black images as .gz. */
async function makeData(name: string, tests: number): Promise<string> {
  const digits = await readDigits();
  const rows = Array.from({ length: 100 }, (_, i) => 100 * i);
  const { x, y } = take(digits, rows);
  mkdirSync(at(name));
  const write = (file: string, bytes: Uint8Array): void =>
    writeFileSync(join(at(name), file), bytes);
  const images = (count: number, data: Uint8Array): Uint8Array =>
    writeIdx({ shape: [count, 28, 28], data });
  write("train-images-idx3-ubyte", images(100, x.data as Uint8Array));
  write("train-labels-idx1-ubyte", writeIdx({ shape: [100], data: Uint8Array.from(y) }));
  write(
    "t10k-images-idx3-ubyte.gz",
    gzipSync(images(tests, new Uint8Array(784 * tests)), { level: 1 }),
  );
  write(
    "t10k-labels-idx1-ubyte.gz",
    gzipSync(writeIdx({ shape: [tests], data: new Uint8Array(tests) })),
  );
  return name;
}

beforeAll(() => makeData("tiny", 50));

const files = ["model.safetensors", "history.json", "options.json"];
const contents = (name: string): string[] =>
  files.map((file) => readFileSync(join(at(name), file), "latin1"));

describe("after an epoch on the embedded digits", () => {
  let first: Result = { code: null, out: "", err: "" };
  beforeAll(async () => {
    first = await run(["--epochs", "1"]);
  });

  test("the output is a table, an accuracy with its interval, mistakes, and what to do next", () => {
    expect(first).toMatchObject({ code: 0, err: "" });
    // Numbers differ between engines, and times always; a slow machine prints progress in between.
    const steady = first.out.replace(/^epoch +\d+\/\d+ .*\n/gm, "");
    const shape = steady
      .replace(/\d+(\.\d+)?(e-\d+)?/g, "#")
      .replace(/ +/g, " ")
      .replace(/on (reference|wasm \w+)/, "on BACKEND");
    expect(shape.split("Each row")[0]).toMatchInlineSnapshot(`
      "Data #,# training images of MNIST, which come with this program
       #,# for training, # for validation
      Network #-#-# relu, #,# parameters, input dropout #, dropout #
      Optimizer sgd, learning rate # cosine, batches of #, # epoch, seed #,
       computed on BACKEND

       training validation learning
      epoch loss accuracy loss accuracy rate time
       # # # % # # % # # s

      evaluating #,# images
      Held-out accuracy # %, # % interval # to # % (# of #,#)
      Held-out loss #
      The held-out digits are training images of MNIST, not its official test set:
      do not compare this accuracy with published ones (for that, see --data).

      "
    `);
    expect(first.out).toMatch(/Most confused:\n(?: {2}\d taken for \d \(\d+ times?\)\n)+/);
    expect(first.out).toMatch(/npm start -- predict runs\/1 apps\/mnist\/examples\/seven\.png\n$/);
    const accuracy = Number(/Held-out accuracy (\S+) %/.exec(first.out)?.[1]);
    expect(accuracy).toBeGreaterThan(85);
  });

  test("its folder holds the network, the history and the options", async () => {
    const { net, height, width } = await loadRun(at("runs/1"));
    expect([net.inputs, net.outputs, height, width]).toEqual([784, 10, 28, 28]);
    const [, history, options] = contents("runs/1");
    expect(JSON.parse(history ?? "")).toMatchObject([{ epoch: 1, validation: {} }]);
    expect(JSON.parse(options ?? "")).toMatchObject({
      backend: wasm().name, // with its variant
      options: { epochs: 1, seed: 0, backend: "wasm" },
    });
  });

  test("evaluate finds the same accuracy", async () => {
    const { out, code } = await run(["evaluate", "runs/1", "--quiet"]);
    expect(code).toBe(0);
    expect(first.out).toContain(out.trim());
  });

  test("predict reads a picture of a digit, and refuses what is none", async () => {
    const { x, y } = await (await embeddedDigits()).test();
    const png = new PNG({ width: 28, height: 28 });
    const one = y.indexOf(1);
    for (const [i, v] of x.data.subarray(784 * one, 784 * (one + 1)).entries())
      png.data.set([255 - v, 255 - v, 255 - v, 255], 4 * i);
    writeFileSync(at("one.png"), PNG.sync.write(png));
    const { out, code, err } = await run(["predict", "runs/1", "one.png"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^one\.png: 1\n/);
    expect(out.match(/\d [█░]{20} +\d+\.\d\d %/g)).toHaveLength(10);

    writeFileSync(at("blank.png"), PNG.sync.write(new PNG({ width: 30, height: 30 })));
    const blank = await run(["predict", "runs/1", "blank.png"]);
    expect(blank.code).toBe(1);
    expect(blank.err).toMatchInlineSnapshot(`
      "error: blank.png has no ink: everything in it is of much the same brightness, and a dark digit on light ground, or a light one on dark, is expected
      "
    `);
    writeFileSync(at("text.png"), "no picture");
    expect((await run(["predict", "runs/1", "text.png"])).err).toMatchInlineSnapshot(`
      "error: text.png is not a PNG file: convert it to PNG first
      "
    `);
  });

  test("--out refuses to overwrite it without --force, and a failure leaves it whole", async () => {
    const before = contents("runs/1");
    const refused = await run(["--out", "runs/1"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatchInlineSnapshot(`
      "error: runs/1 holds a run already (model.safetensors): choose another --out, or overwrite it with --force
      "
    `);
    const full = await shell(
      "ulimit -f 200; exec $CLI --data tiny --epochs 1 --out runs/1 --force",
    );
    expect(full.code).toBe(1);
    expect(full.err).toMatchInlineSnapshot(`
      "error: could not write runs/1/model.safetensors: a file may not grow that large here: raise the limit, or choose another place
      "
    `);
    expect(contents("runs/1")).toEqual(before);
  });
});

describe("a signal", () => {
  test("during training ends it, with the network saved", async () => {
    const { code, out, err } = await run(
      ["--data", "tiny", "--epochs", "100000", "--out", "stopped"],
      interruptAt(/^ +1 +\d/m, "SIGINT"),
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
      interruptAt(/^evaluating 30,000 images/m, "SIGTERM"),
    );
    expect({ code, err }).toEqual({ code: 143, err: "" });
    expect(out).toContain(
      "Stopped while it was evaluated. To do that again: npm start -- evaluate evaluated",
    );
    expect((await loadRun(at("evaluated"))).data).toBe("long");
  });
});

test("a reader that goes away ends it quietly", async () => {
  const { code, out, err } = await shell(
    "$CLI --data tiny --epochs 100000 --out piped | head -n 1",
  );
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
  expect(truncated.err).toMatchInlineSnapshot(`
    "error: readIdx() expects 108 bytes in small/train-labels-idx1-ubyte for [100] of 1 each, but found 50: it is truncated
    "
  `);
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

test("a mistake on the command line, or a place that cannot be written, is refused at once", async () => {
  const misspelt = await run(["--hiden", "64"]);
  expect(misspelt.code).toBe(2);
  expect(misspelt.err).toMatchInlineSnapshot(`
    "error: unknown option '--hiden'. Did you mean --hidden? npm start -- train --help lists all options
    "
  `);
  writeFileSync(at("file"), "");
  const unwritable = await run(["--out", "file/run"]);
  expect(unwritable.code).toBe(1);
  expect(unwritable.err).toMatchInlineSnapshot(`
    "error: could not make the folder file/run: part of the path is a file, and a folder is expected
    "
  `);
  expect((await run(["evaluate", "file"])).err).toMatchInlineSnapshot(`
    "error: file cannot be loaded: load() expects a file with at least 8 bytes, but found 0 bytes: the file is damaged, or of another make
    "
  `);
  expect((await run(["evaluate", "no-run"])).err).toMatchInlineSnapshot(`
    "error: could not read the run no-run: it does not exist
    "
  `);
});

test("a run that diverges says what to try, and leaves no empty folder", async () => {
  const { code, err } = await run([
    "--learning-rate",
    "1e9",
    "--momentum",
    "0",
    "--out",
    "diverged",
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: train\(\) expects a finite .*\nTry a smaller --learning-rate, or --clip-norm 1\.\n$/,
  );
  expect(existsSync(at("diverged"))).toBe(false);
});
