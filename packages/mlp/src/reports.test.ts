import { products, reference } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test, vi } from "vitest";
import { all, examples, loss, noting, numbered, optimizers, small } from "../testing/small-runs.ts";
import { accuracy, dense, type Loss, type Metric, mlp, type Report, train } from "./index.ts";

describe.each([reference, guard(products)])("reports of train() on $name", (backend) => {
  test("reports say where the run stands", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    const metrics = [accuracy];
    const run = train(small(), examples(10), {
      loss,
      optimizer: optimizers.sgd,
      epochs: 2,
      batchSize: 3,
      progressEvery: 2,
      validation: examples(5),
      metrics,
      backend,
    });
    const reports = await all(run);
    clock.mockRestore();
    const stands = ({ epoch, step, endOfEpoch, validation }: Report<"accuracy">) => [
      epoch,
      step,
      endOfEpoch,
      validation !== undefined,
    ];
    expect(reports.map(stands)).toEqual([
      [1, 2, false, false],
      [1, 4, true, true],
      [2, 6, false, false],
      [2, 8, true, true],
    ]);
    for (const report of reports) {
      expect(report).toMatchObject({ epochs: 2, steps: 8 });
      expect(report.loss).toBeGreaterThan(0);
      expect(Object.keys(report.metrics)).toEqual(["accuracy"]);
      expect("best" in report).toBe(false);
    }
  });

  test("counts the time of training alone", async () => {
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    const ticking: Loss<Int32Array> = {
      ...noting([]),
      ofClasses: (...args) => {
        now += 10; // ms a step; never more than 50 between two returns to the event loop
        noting([]).ofClasses!(...args);
      },
    };
    const optimizer = optimizers.sgd;
    const options = {
      loss: ticking,
      optimizer,
      epochs: 2,
      batchSize: 5,
      progressEvery: 1,
      backend,
    };
    const speeds: number[] = [];
    for await (const { samplesPerSecond } of train(mlp(1, [dense(1)]), numbered(10), options)) {
      speeds.push(samplesPerSecond);
      now += 1000;
    }
    clock.mockRestore();
    expect(speeds).toEqual([500, 500, 500, 500]);
  });

  test("metrics are means over the epoch so far", async () => {
    const sumOfClasses: Metric<"class"> = {
      name: "class",
      ofClasses: (_a, y, rows) => y.subarray(0, rows).reduce((sum, c) => sum + c, 0),
    };
    const optimizer = optimizers.sgd;
    const options = { loss: noting([]), optimizer, epochs: 2, batchSize: 4, backend };
    const run = train(mlp(1, [dense(1)]), numbered(10), { ...options, metrics: [sumOfClasses] });
    for await (const { metrics } of run) expect(metrics).toEqual({ class: 4.5 });
  });
});
