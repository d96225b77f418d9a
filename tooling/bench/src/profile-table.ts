import { digits, table } from "./cells.ts";
import type { Profile, ProfilePart } from "./protocol.ts";
import type { RunRecord } from "./record.ts";

/** A line of a profile: of one step, in microseconds, and what is reached meanwhile. */
export interface ProfileLine {
  readonly name: string;
  readonly microseconds: number;
  /** Of the step. */
  readonly share: number;
  /** Operations and bytes a second; undefined where they were not counted. */
  readonly operations?: number;
  readonly bytes?: number;
  /** Of the machine's operations a second; of its bytes, where there are no operations. */
  readonly ofPeak?: number;
  readonly packing?: number;
}

const product = /^(nt|nn|tn) (\d+) (\d+) (\d+)$/;
const isProduct = ({ name }: ProfilePart): boolean => product.test(name);

const sum = (parts: readonly ProfilePart[], name: string): ProfilePart =>
  parts.reduce<ProfilePart>(
    (all, { calls, seconds, operations, bytes, packing }) => ({
      name,
      calls: all.calls + calls,
      seconds: all.seconds + seconds,
      operations: all.operations + operations,
      bytes: all.bytes + bytes,
      ...(packing !== undefined && {
        packing: ((all.packing ?? 0) * all.calls + packing * calls) / (all.calls + calls),
      }),
    }),
    { name, calls: 0, seconds: 0, operations: 0, bytes: 0 },
  );

/** Products one by one and together, what else there is, what belongs to no part, and the step. */
export function linesOf({ steps, seconds: whole, parts, peak }: Profile): ProfileLine[] {
  const line = ({
    name,
    calls,
    seconds,
    operations,
    bytes,
    packing,
  }: ProfilePart): ProfileLine => ({
    name,
    microseconds: (seconds / steps) * 1e6,
    share: seconds / whole,
    ...(operations > 0 && { operations: operations / seconds }),
    ...(bytes > 0 && { bytes: bytes / seconds }),
    ...(operations > 0
      ? { ofPeak: operations / seconds / peak.operations }
      : bytes > 0 && { ofPeak: bytes / seconds / peak.bytes }),
    ...(packing !== undefined && { packing: ((packing * calls) / steps) * 1e6 }),
  });
  const products = parts.filter(isProduct);
  const others = parts.filter((part) => !isProduct(part));
  const timed = parts.reduce((all, { seconds }) => all + seconds, 0);
  const uncounted = { calls: steps, operations: 0, bytes: 0 };
  return [
    ...products.map(line),
    line(sum(products, "all products")),
    ...others.map(line),
    line({ name: "the rest", seconds: whole - timed, ...uncounted }),
    line({ name: "a step", seconds: whole, ...uncounted }),
  ];
}

const inWords = (name: string): string =>
  name.replace(product, (_, layout, m, n, k) => `${layout}, ${m} x ${n} x ${k}`);

const percent = (part: number | undefined): string =>
  part === undefined ? "" : `${(100 * part).toFixed(part < 0.0995 ? 1 : 0)} %`;

const giga = (value: number | undefined): string =>
  value === undefined ? "" : digits(value / 1e9);

function profileTable(byThreads: Readonly<Record<number, Profile>>): string {
  const [one, ...more] = Object.entries(byThreads);
  const others = more.map(([threads, profile]) => ({ threads, lines: linesOf(profile) }));
  const rows = linesOf(one![1]).map((line) => [
    inWords(line.name),
    digits(line.microseconds),
    percent(line.share),
    giga(line.operations),
    giga(line.bytes),
    percent(line.ofPeak),
    line.packing === undefined ? "" : digits(line.packing),
    ...others.flatMap(({ lines }) => {
      const same = lines.find(({ name }) => name === line.name);
      if (!same) return ["", ""];
      return [digits(same.microseconds), digits(line.microseconds / same.microseconds)];
    }),
  ]);
  const head = ["", "us", "share", "GFLOP/s", "GB/s", "of peak", "packing, us"];
  const heads = others.flatMap(({ threads }) => [`${threads} threads, us`, "times as fast"]);
  return table([...head, ...heads], rows);
}

/** Where a step's time goes, for each workload that was profiled. */
export function profileSection({ profiles = {} }: RunRecord): string {
  const entries = Object.entries(profiles);
  const first = Object.values(entries[0]?.[1] ?? {})[0];
  if (!first) return "";
  const { operations, bytes } = first.peak;
  const tables = entries.map(([name, byThreads]) => `### ${name}\n\n${profileTable(byThreads)}`);
  return `## Where a step's time goes

On the wasm backend, timed call by call from outside; the fastest of several slices. A product is m x n x k, with a
multiplication and an addition for each, of zeros as well: where kernels skip them, it seems faster than the
machine. Bytes count each operand once, or as often as an update or an activation reads and writes it. The peak is ${giga(operations)} GFLOP/s,
multiplying and adding in registers on one thread, four lanes wide, and ${giga(bytes)} GB/s, copying more than any
cache holds. Packing is the least that a product spends before it multiplies, worked out from products of few rows or
columns of dense data. What several threads take beyond their share of one thread's time is waiting and sharing.

${tables.join("\n\n")}`;
}
