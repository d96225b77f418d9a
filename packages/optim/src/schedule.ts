import { checkRate, refuse } from "./check.ts";

/** The learning rate of a step; steps count from 0. Pure: the same step gives the same rate. */
export type Schedule = (at: { readonly step: number }) => number;

/** A checked schedule of a number or of a schedule. */
export function toSchedule(caller: string, learningRate: number | Schedule): Schedule {
  if (typeof learningRate !== "function") {
    checkRate(caller, "learningRate", learningRate);
    return () => learningRate;
  }
  return (at) => {
    const rate = learningRate(at);
    if (!(Number.isFinite(rate) && rate >= 0))
      refuse(caller, "a schedule of finite rates >= 0", `learningRate at step ${at.step}`, rate);
    return rate;
  };
}
