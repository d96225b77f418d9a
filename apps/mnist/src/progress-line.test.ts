import { describe, expect, test } from "vitest";
import { bar, progressLine } from "./progress-line.ts";

const progress = {
  epoch: 3,
  epochs: 10,
  done: 0.287,
  loss: 0.21134,
  samplesPerSecond: 8213.6,
  secondsLeft: 12.2,
};

describe("progressLine", () => {
  test("says how far, how fast, how well and how long", () => {
    expect(progressLine(progress, 80)).toMatchInlineSnapshot(
      `"epoch  3/10  █████░░░░░░░░░░░░░░  28 %  8,214 samples/s  loss 0.2113  0:12 left"`,
    );
  });

  test("leaves out what is not known yet", () => {
    expect(progressLine({ epoch: 1, epochs: 10, done: 0 }, 80)).toMatchInlineSnapshot(
      `"epoch  1/10  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %"`,
    );
  });

  test("never fills a line of the terminal", () => {
    for (let columns = 1; columns < 100; columns++)
      expect(progressLine(progress, columns).length).toBeLessThan(columns);
    expect(progressLine(progress, 60)).toMatchInlineSnapshot(
      `"epoch  3/10  28 %  8,214 samples/s  loss 0.2113  0:12 left"`,
    );
  });
});

test("bar is full at 1, empty at 0, and never longer", () => {
  expect([-1, 0, 0.5, 1, 2].map((share) => bar(share, 4))).toEqual([
    "░░░░",
    "░░░░",
    "██░░",
    "████",
    "████",
  ]);
});
