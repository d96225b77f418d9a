import { expect, test } from "vitest";
import { paceOf } from "./pace.ts";

test("counts training rows and validation rows by their work, and guesses the time left", () => {
  let time = 0;
  let calls = 0;
  const onRows = (): void => {
    calls++;
  };
  const pace = paceOf(30, 30, 2, onRows, () => time);
  const see = (rows: number): void => {
    pace.metric.ofClasses?.(new Float32Array(2 * rows), new Int32Array(rows), rows, 2);
  };
  expect(pace.done()).toBe(0);
  expect(pace.secondsLeft()).toBeUndefined();
  see(15);
  expect(pace.done()).toBeCloseTo(15 / 80);
  see(15);
  see(15);
  expect(pace.done()).toBeCloseTo(35 / 80);
  see(15);
  expect(pace.done()).toBeCloseTo(1 / 2);
  time = 5000;
  expect(pace.secondsLeft()).toBeCloseTo(5);
  see(60);
  expect(pace.done()).toBe(1);
  expect(pace.secondsLeft()).toBe(0);
  expect(calls).toBe(5);
});
