import { expect, test } from "vitest";
import { stopper } from "./interrupts.ts";

function fake() {
  let time = 0;
  let told = 0;
  const exits: number[] = [];
  const onSignal = (): void => {
    told++;
  };
  const exit = (code: number): void => {
    exits.push(code);
  };
  const stops = stopper({ onSignal, exit, now: () => time });
  const wait = (ms: number): void => {
    time += ms;
  };
  return { ...stops, wait, exits, told: () => told };
}

test("nothing has happened at first", () => {
  const { signal, exitCode } = fake();
  expect(signal.aborted).toBe(false);
  expect(exitCode()).toBeUndefined();
});

test("the first signal aborts, and says so; its echo does nothing; the next exits at once", () => {
  const { stop, signal, exitCode, wait, exits, told } = fake();
  stop(130);
  wait(100);
  stop(130);
  expect([signal.aborted, exitCode(), told(), exits.length]).toEqual([true, 130, 1, 0]);
  wait(1000);
  stop(143);
  expect(exits).toEqual([143]);
  expect(exitCode()).toBe(130);
});

test("a reader that goes away aborts without a word, and never exits at once", () => {
  const { stop, signal, exitCode, wait, exits, told } = fake();
  stop(0);
  wait(1000);
  stop(0);
  expect([signal.aborted, exitCode(), told(), exits.length]).toEqual([true, 0, 0, 0]);
});
