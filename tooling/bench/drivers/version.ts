import { readFileSync } from "node:fs";

/** What is measured of ours, for the record. */
export function version(): string {
  const mlpPackage = new URL("../package.json", import.meta.resolve("@feedforward/mlp"));
  const { version } = JSON.parse(readFileSync(mlpPackage, "utf8")) as { version: string };
  return `feedforward ${version}`;
}
