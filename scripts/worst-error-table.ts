import type { WorstErrors } from "../packages/wasm/scripts/exact.ts";
import { read } from "./sources.ts";

const names = {
  exp: "exp",
  log: "log",
  tanh: "tanh",
  sigmoid: "the logistic function",
  elu: "elu",
  softplus: "softplus",
};

/** How exact the kernels' functions are, by the last complete run, for their README. */
export function worstErrorTable(): string {
  const found = JSON.parse(read("packages/wasm/scripts/worst-errors.json")) as WorstErrors;
  const of = (name: string, variant: string): string => {
    const { error, x } = found.find((it) => it.name === name && it.variant === variant)!;
    return `${error.toFixed(2)} | ${Number(x.toPrecision(9))}`;
  };
  const rows = Object.entries(names).map(
    ([name, said]) => `| ${said} | ${of(name, "fused")} | ${of(name, "plain")} |`,
  );
  return ["| | fused | at | plain | at |", "| --- | ---: | ---: | ---: | ---: |", ...rows].join(
    "\n",
  );
}
