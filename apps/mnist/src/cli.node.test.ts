import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wasm } from "@feedforward/wasm";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { embeddedDigits } from "./embedded-digits.ts";
import { loadRun } from "./load-run.ts";
import { makeWorkplace, type Result } from "./testing/workplace.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // each starts processes of its own

const { at, run, shell, makeData, remove } = makeWorkplace();
afterAll(remove);

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
    await makeData("tiny", 50);
    const full = await shell("ulimit -f 200; cli --data tiny --epochs 1 --out runs/1 --force");
    expect(full.code).toBe(1);
    expect(full.err).toMatchInlineSnapshot(`
      "error: could not write runs/1/model.safetensors: a file may not grow that large here: raise the limit, or choose another place
      "
    `);
    expect(contents("runs/1")).toEqual(before);
  });
});

test("--backend fastest says what it picked, and the run records it", async () => {
  const { code, out, err } = await run(["--epochs", "1", "--backend", "fastest", "--out", "fast"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [, , options] = contents("fast");
  const { backend, options: given } = JSON.parse(options ?? "") as {
    backend: string;
    options: { backend: string };
  };
  expect(given.backend).toBe("fastest");
  expect(backend).toMatch(/^(blas \(.+, \d+ threads?\) over )?wasm (fused|plain)$/);
  expect(out.replace(/\s+/g, " ")).toContain(`computed on ${backend}, picked as `);
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
  expect((await run(["evaluate", "file"])).err).toMatch(
    /^error: file cannot be loaded: load\(\) .*\n$/,
  );
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
