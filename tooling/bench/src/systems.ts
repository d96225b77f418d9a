import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "./child.ts";
import { chromiumPath } from "./chromium.ts";
import { compile, programOf } from "./compile.ts";

/** Something that trains, in a process of its own. */
export interface System {
  readonly id: string;
  /** What `--systems` may also call it, together with its likes. */
  readonly group: string;
  readonly label: string;
  /** A file of drivers/, and what it is told. */
  readonly driver: string;
  readonly args?: readonly string[];
  readonly threads: number;
  /** The packages of peers/ that it needs. */
  readonly peers?: readonly string[];
  /** Whether it runs in a browser, whose start and memory would hide its own. */
  readonly browser?: boolean;
  /** A folder that the loader looks into first. */
  readonly libraries?: string;
  /** The workloads that it is asked for. */
  readonly workloads: readonly string[];
  /** Why its loss cannot be the others': for all workloads, or by the name of one. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

const all = ["XS", "S", "M", "L"];
const dense = ["S-dense", "M-dense", "L-dense"];

/** A backend of ours: one more line in drivers/ours.ts, one more here. */
const ours = (backend: string, threads: number, words: string): System => ({
  id: threads > 1 ? `ours-${backend}-${threads}` : `ours-${backend}`,
  group: "ours",
  label: `feedforward, ${words}`,
  driver: "ours.ts",
  args: [backend, `${threads}`],
  threads,
  workloads: all,
});

const chromium = (threads: number): System => ({
  ...ours(
    "chromium",
    threads,
    `wasm in Chromium, ${threads} ${threads > 1 ? "threads" : "thread"}`,
  ),
  driver: "chromium.ts",
  args: [`${threads}`],
  browser: true,
});

const python = (group: string, label: string, driver: string, threads: number): System => ({
  id: `${group}-${threads}`,
  group,
  label: `${label}, ${threads} ${threads > 1 ? "threads" : "thread"}`,
  driver,
  threads,
  workloads: all,
});

const openmp = "/usr/lib/x86_64-linux-gnu/openblas-openmp";

/** Everyone, in the order of the tables. */
export const systems: readonly System[] = [
  { ...ours("wasm", 1, "wasm, 1 thread"), workloads: [...all, ...dense] },
  ours("wasm", 2, "wasm, 2 threads"),
  ours("wasm-portable", 1, "wasm, portable"),
  chromium(1),
  chromium(2),
  ours("blas", 1, "blas, 1 thread"),
  ours("blas", 2, "blas, 2 threads"),
  ours("reference", 1, "reference backend"),
  { ...python("torch", "PyTorch", "pytorch.py", 1), workloads: [...all, ...dense] },
  python("torch", "PyTorch", "pytorch.py", 2),
  {
    ...python("torch", "PyTorch", "pytorch.py", 2),
    id: "torch-2-openmp",
    label: "PyTorch, 2 threads, OpenBLAS on OpenMP",
    libraries: openmp,
  },
  {
    id: "openblas",
    group: "openblas",
    label: "C on OpenBLAS, 1 thread",
    driver: "openblas.c",
    threads: 1,
    workloads: ["S", "M", "L"],
  },
  python("numpy", "numpy", "numpy_loop.py", 1),
  python("numpy", "numpy", "numpy_loop.py", 2),
  {
    ...python("sklearn", "scikit-learn", "scikit_learn.py", 1),
    id: "sklearn",
    label: "scikit-learn, 1 thread",
    workloads: ["XS", "S", "M"],
    otherwise: { XS: "it makes two classes one logistic output" },
  },
  {
    id: "jax-js",
    group: "jax-js",
    label: "jax-js, wasm",
    driver: "jax-js.ts",
    threads: 1,
    peers: ["@jax-js/jax"],
    workloads: all,
  },
  {
    id: "tfjs-wasm",
    group: "tfjs",
    label: "TensorFlow.js, wasm",
    driver: "tfjs.ts",
    args: ["wasm"],
    threads: 1,
    peers: ["@tensorflow/tfjs-layers", "@tensorflow/tfjs-backend-wasm"],
    workloads: all,
  },
  {
    id: "tfjs-cpu",
    group: "tfjs",
    label: "TensorFlow.js, cpu (plain JavaScript)",
    driver: "tfjs.ts",
    args: ["cpu"],
    threads: 1,
    peers: ["@tensorflow/tfjs-layers", "@tensorflow/tfjs-backend-cpu"],
    workloads: ["XS", "S", "M"],
  },
  {
    id: "convnetjs",
    group: "convnetjs",
    label: "ConvNetJS",
    driver: "convnetjs.ts",
    threads: 1,
    peers: ["convnetjs"],
    workloads: ["XS", "S", "M"],
  },
  {
    id: "brain",
    group: "brain",
    label: "brain.js",
    driver: "brain.ts",
    threads: 1,
    peers: ["brain.js"],
    workloads: ["XS", "S", "M"],
    otherwise: {
      "*": "squared error, no softmax, ReLU outputs; it updates after every example",
    },
  },
];

/** Ours, timed call by call: only to be profiled. */
export const profiled: readonly System[] = [1, 2].map((threads) => ({
  ...ours("wasm", threads, threads > 1 ? `${threads} threads` : "1 thread"),
  id: `profile-${threads}`,
  driver: "profile.ts",
  args: [`${threads}`],
}));

/** Why a system's loss on a workload need not be the others'. */
export const reasonFor = ({ otherwise }: System, workload: string): string | undefined =>
  otherwise?.[workload] ?? otherwise?.["*"];

/** What others are measured against. */
export const base = "torch-1";

const driverFile = (name: string): string =>
  fileURLToPath(new URL(`../drivers/${name}`, import.meta.url));

/** Where things are that a system needs. */
export interface Places {
  /** The folder of the JavaScript peers. */
  readonly peers: string;
  /** The folder of the compiled programs. */
  readonly programs: string;
  readonly python: string;
}

/** How a system's process is started. */
export function commandOf(system: System, { peers, programs, python }: Places): Command {
  const { driver, args = [], threads, libraries } = system;
  const file = driverFile(driver);
  if (driver.endsWith(".ts"))
    return {
      file: process.execPath,
      args: [...process.execArgv, file, ...args],
      env: { BENCH_PEERS: peers },
    };
  return {
    ...(driver.endsWith(".c")
      ? { file: programOf(file, programs), args }
      : { file: python, args: [file, ...args] }),
    env: {
      OMP_NUM_THREADS: `${threads}`,
      OPENBLAS_NUM_THREADS: `${threads}`,
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
    },
  };
}

/** Why a system cannot run here, if so. A program in C is compiled to know it. */
export function missing(
  { driver, peers = [], libraries, browser }: System,
  places: Places,
): string | undefined {
  if (browser && !chromiumPath()) return "no Chromium: install Debian's chromium, or set CHROMIUM";
  if (libraries && !existsSync(libraries)) return `${libraries} is not there`;
  if (driver.endsWith(".py")) return undefined; // its process says what it misses
  if (driver.endsWith(".c")) return compile(driverFile(driver), places.programs, process.env.CC);
  const absent = peers.filter((name) => !existsSync(`${places.peers}/node_modules/${name}`));
  return absent.length > 0
    ? `${absent.join(", ")} not installed: pnpm bench --install-peers`
    : undefined;
}
