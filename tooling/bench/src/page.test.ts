import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { digits, duration } from "./cells.ts";
import { toPage } from "./page.ts";
import { type RunRecord, toText } from "./record.ts";

const record: RunRecord = {
  date: "2026-11-25",
  command: "pnpm bench --pairs 3",
  machine: { cpu: "a CPU", cores: 2, memoryGiB: 24, system: "Linux", node: "26.10.0", load: 0.25 },
  data: "MNIST",
  pairs: 3,
  systems: {
    "ours-reference": { label: "feedforward, reference backend", library: "feedforward 0.1.0" },
    "ours-wasm": { label: "feedforward, wasm", library: "feedforward 0.1.0" },
    "torch-1": { label: "PyTorch, 1 thread", library: "PyTorch 1.13.0", threads: "1" },
    convnetjs: { label: "ConvNetJS", library: "convnetjs 0.3.0" },
    brain: { label: "brain.js", library: "brain.js 2.0.0" },
  },
  notes: [{ system: "jax-js", note: "not installed" }],
  workloads: [
    {
      name: "M",
      description: "784-512-512-10",
      unit: "samples",
      batch: 128,
      checks: {
        "ours-reference": [{ steps: 10, loss: 2 }],
        "torch-1": [
          { steps: 10, loss: 2.00001 },
          { steps: 100, loss: 0.5 },
        ],
      },
      reasons: { brain: "squared error" },
      slices: {
        "ours-reference": { count: 1, seconds: [0.1, 0.2, 0.4] },
        "torch-1": { count: 10, seconds: [0.1, 0.2, 0.1] },
        convnetjs: { count: 1, seconds: [1, 1, 1] },
        "ours-wasm": { count: 10, seconds: [0.1, 0.1, 0.1] },
        brain: { count: 1, seconds: [2] },
      },
      memory: { "torch-1": { data: 300 * 2 ** 20, peak: 350.4 * 2 ** 20 } },
      predict: {
        1: {
          "torch-1": { rows: 1, count: 100, seconds: [0.02, 0.018, 0.019] },
          "ours-wasm": { rows: 1, count: 100, seconds: [0.015, 0.016, 0.017] },
        },
        10000: {
          "torch-1": { rows: 10_000, count: 1, seconds: [0.16, 0.17, 0.15] },
          "ours-wasm": { rows: 10_000, count: 2, seconds: [0.4, 0.4, 0.4] },
          convnetjs: { rows: 1000, count: 1, seconds: [1.5, 1.5, 1.5] },
        },
      },
    },
  ],
  startUp: { "ours-reference": [0.2, 0.25, 0.21], "torch-1": [1.2] },
  bundles: { ours: { what: "feedforward", bytes: 8_672 } },
};

describe("toPage", () => {
  test("writes the page of a record", () => {
    expect(toPage(record, "tooling/bench/results/2026-11-25.json")).toMatchInlineSnapshot(`
      "# Benchmarks

      Written by \`pnpm bench\` from [the raw slices](tooling/bench/results/2026-11-25.json); \`pnpm bench --report\` writes it again.

      - 2026-11-25, \`pnpm bench --pairs 3\`
      - a CPU, 2 cores, 24 GiB; Linux; Node 26.10.0; load average at the start 0.25
      - Data: MNIST; float32, ReLU, softmax cross-entropy, shuffled mini-batches, gathered within the timed step

      Every system has a process of its own and is asked in turn for a short slice of steps; whose turn comes
      first rotates. A ratio is the median over 3 rounds of the ratio within a round; brackets hold the tenth and the
      ninetieth hundredth. Differences below 1.3 times are noise on a shared machine.

      ## Training

      In brackets: how many times as fast as PyTorch, 1 thread.

      |  | M, samples/s |
      | --- | ---: |
      | feedforward, reference backend | 640 (0.100) |
      | feedforward, wasm | 12,800 (1.00) |
      | PyTorch, 1 thread | 12,800 (1.00) |
      | ConvNetJS | 128 (0.0100) |
      | brain.js | 64.0 (0.00500) |

      ## Against what was set out

      |  |  | times as fast, or time | set out |  | stretch |
      | --- | --- | ---: | ---: | ---: | ---: |
      | feedforward, reference backend, against ConvNetJS | M | 5.00 [3.00, 9.00] | 3 | reached |  |
      | feedforward, wasm, against PyTorch, 1 thread | M | 1.00 [1.00, 1.80] | 0.75 | reached | 1 |
      | feedforward, wasm, against PyTorch, 1 thread | M, predicting 10,000 | 0.800 [0.760, 0.840] | 0.5 | reached | 0.667 |
      | feedforward, wasm | M, predicting one row | 160 us [152 us, 168 us] | 200 us | reached | 120 us |

      ## M: 784-512-512-10

      |  | samples/s | times PyTorch, 1 thread | slices | test loss after steps | less the first's |
      | --- | ---: | ---: | ---: | ---: | ---: |
      | feedforward, reference backend | 640 [384, 1,150] | 0.100 [0.0400, 0.100] | 3 of 0.200 s | 2.00000 after 10 | 0e+0 |
      | feedforward, wasm | 12,800 [12,800, 12,800] | 1.00 [1.00, 1.80] | 3 of 0.100 s |  |  |
      | PyTorch, 1 thread | 12,800 [7,680, 12,800] | 1.00 [1.00, 1.00] | 3 of 0.100 s | 0.50000 after 100 | 1e-5 after 10 |
      | ConvNetJS | 128 [128, 128] | 0.0100 [0.0100, 0.0180] | 3 of 1.00 s |  |  |
      | brain.js | 64.0 [64.0, 64.0] | 0.00500 [0.00500, 0.00500] | 1 of 2.00 s | squared error |  |

      ## Predicting with M

      Probabilities of images in memory: the time of a call, and how many times as fast.

      |  | one row | times PyTorch, 1 thread | 10,000 rows | times PyTorch, 1 thread |
      | --- | ---: | ---: | ---: | ---: |
      | feedforward, wasm | 160 us [152 us, 168 us] | 1.12 | 200 ms [200 ms, 200 ms] | 0.800 |
      | PyTorch, 1 thread | 190 us [182 us, 198 us] | 1.00 | 160 ms [152 ms, 168 ms] | 1.00 |
      | ConvNetJS |  |  | 15.0 s [15.0 s, 15.0 s] * | 0.0107 |

      \\* asked for a tenth of the rows, times ten.

      ## Start-up

      From the start of the process to the end of the first step of S, without reading the data.

      |  | median | spread | starts |
      | --- | ---: | ---: | ---: |
      | feedforward, reference backend | 210 ms | [202 ms, 242 ms] | 3 |
      | PyTorch, 1 thread | 1.20 s | [1.20 s, 1.20 s] | 1 |

      ## Memory of training M

      Resident after the steps of the loss check, in MiB: the most ever, what runtime, library and data took before there was a network, and the difference.

      |  | peak | with the data | training |
      | --- | ---: | ---: | ---: |
      | PyTorch, 1 thread | 350 | 300 | 50 |

      ## Size

      What a page loads to train a network, minified by esbuild and gzipped.

      |  | size |
      | --- | ---: |
      | feedforward | 8.7 kB |

      ## Systems

      |  | library | products | threads | runtime |
      | --- | --- | --- | --- | --- |
      | feedforward, reference backend | feedforward 0.1.0 |  |  |  |
      | feedforward, wasm | feedforward 0.1.0 |  |  |  |
      | PyTorch, 1 thread | PyTorch 1.13.0 |  | 1 |  |
      | ConvNetJS | convnetjs 0.3.0 |  |  |  |
      | brain.js | brain.js 2.0.0 |  |  |  |

      ## Not measured

      - jax-js: not installed

      ## To be read with it

      - All begin from the same weights and take the same rows in the same order. Each system's loss on 1,000 test
        rows after the same 100 steps is within 0.001 of the first's, or its row says why it cannot be. Where 100 steps
        would take too long, and for L, 10 steps decide: Adam divides small gradients by their own size, so that by 100
        steps two orders of summation are thousandths apart.
      - Ours trains through \`train\`, from bytes, and its slices hold the report that copies the weights out. The
        others' images lie ready as floats.
      - jax-js runs the whole step, gradient and update, in one jit; TensorFlow.js runs core operations and its own
        optimizers, with the loss from logits. Both run on one thread in Node.
      - scikit-learn, ConvNetJS and brain.js are used as they are meant to be; they check, convert or update more
        often than a bare step would.
      - Slices of the JavaScript systems hold the garbage collector's work; peaks of memory hold what it had not
        collected yet.
      - PyTorch and numpy run Debian's OpenBLAS with no variable set that would choose its kernels. Two
        threads on OpenBLAS's own pool can be slower than one, since PyTorch has a pool of its own beside it.
      "
    `);
  });

  test("writes the same page from a record that was written and read again", () => {
    const again = JSON.parse(toText(record)) as RunRecord;
    expect(toPage(again, "a.json")).toBe(toPage(record, "a.json"));
  });

  test("says of slices that were led in that they were", () => {
    const says = "is not timed, so that threads are awake";
    expect(toPage({ ...record, ledIn: true }, "a.json")).toContain(says);
    expect(toPage(record, "a.json")).not.toContain(says);
  });

  test("leaves out what a run has not measured", () => {
    const little = { ...record, workloads: [], startUp: {}, bundles: {}, notes: [] };
    const titles = toPage(little, "a.json").match(/^##? .*/gm);
    expect(titles).toEqual(["# Benchmarks", "## To be read with it"]);
  });
});

test("toPage says what the C program is where there is one", () => {
  const systems = { openblas: { label: "C on OpenBLAS" }, ...record.systems };
  const [m] = record.workloads;
  const slices = { ...m!.slices, openblas: { count: 10, seconds: [0.1] } };
  expect(toPage({ ...record, systems, workloads: [{ ...m!, slices }] }, "a.json")).toMatch(
    /\n- The C program is [^-]*nothing else\.\n$/,
  );
});

test("toPage tells of data without zeros in a table of its own, and of their floors", () => {
  const dense = { ...record.workloads[0]!, name: "M-dense", predict: {} };
  const page = toPage({ ...record, workloads: [...record.workloads, dense] }, "a.json");
  expect(page).toContain("## Training\n");
  expect(page).toContain("|  | M, samples/s |\n");
  expect(page).toContain("## Training without zeros\n");
  expect(page).toContain("|  | M-dense, samples/s |\n");
  expect(page).toContain("| M-dense | 1.00 [1.00, 1.80] | 0.65 | reached |  |");
});

const root = new URL("../../../", import.meta.url);
const results = new URL("tooling/bench/results/", root);
const newest = existsSync(results) ? readdirSync(results).sort().at(-1) : undefined;

test.skipIf(!newest)("BENCHMARKS.md is what its record says", () => {
  const text = readFileSync(new URL(newest!, results), "utf8");
  const page = toPage(JSON.parse(text) as RunRecord, `tooling/bench/results/${newest}`);
  expect(readFileSync(new URL("BENCHMARKS.md", root), "utf8")).toBe(page);
});

test("digits gives three significant digits, thousands apart", () => {
  expect([0.01234, 1, 9.996, 12.34, 999.6, 1234567].map(digits)).toEqual([
    "0.0123",
    "1.00",
    "10.0",
    "12.3",
    "1,000",
    "1,230,000",
  ]);
});

test("duration takes the unit that suits", () => {
  expect([2.5e-5, 0.0123, 1.5].map(duration)).toEqual(["25.0 us", "12.3 ms", "1.50 s"]);
});

test("toText puts a list of numbers on a line, six digits each", () => {
  const text = toText({ ...record, startUp: { a: [0.123456789, 1e-7, 2] } });
  expect(text).toContain(`"a": [0.123457,1e-7,2]`);
});
