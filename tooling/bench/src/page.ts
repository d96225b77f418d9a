import { digits, duration, grouped, mebibytes, table } from "./cells.ts";
import { floorTable } from "./floor-table.ts";
import { baseOf, label, present } from "./labels.ts";
import { distance } from "./measure.ts";
import { profileSection } from "./profile-table.ts";
import { rates, ratioTo, secondsPerStep, timed } from "./ratios.ts";
import type { RunRecord, WorkloadRecord } from "./record.ts";
import { median, spread } from "./statistics.ts";

// BENCHMARKS.md, from the record of a run and nothing else: the same record gives the same page.

/** The page. `file` is where the record lies. */
export function toPage(record: RunRecord, file: string): string {
  const sections = [
    head(record, file),
    overview("Training", record, ({ name }) => !name.endsWith("-dense")),
    overview("Training without zeros", record, ({ name }) => name.endsWith("-dense")),
    floorTable(record),
    ...record.workloads.map((workload) => workloadSection(record, workload)),
    ...record.workloads.flatMap((workload) => predictions(record, workload)),
    profileSection(record),
    startUp(record),
    ...record.workloads
      .filter(({ predict }) => Object.keys(predict).length > 0)
      .map(memory(record)),
    bundles(record),
    systemsTable(record),
    notMeasured(record),
    honesty(record),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function head({ date, command, machine, data, pairs, ledIn }: RunRecord, file: string): string {
  const { cpu, cores, memoryGiB, system, node, load } = machine;
  const lead = ledIn ? `${untimed}\n` : "";
  return `# Benchmarks

Written by \`pnpm bench\` from [the raw slices](${file}); \`pnpm bench --report\` writes it again.

- ${date}, \`${command}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node}; load average at the start ${load.toFixed(2)}
- Data: ${data}; float32, ReLU, softmax cross-entropy, shuffled mini-batches, gathered within the timed step

Every system has a process of its own and is asked in turn for a short slice of steps; whose turn comes
first rotates. ${lead}A ratio is the median over ${pairs} rounds of the ratio within a round; brackets hold the tenth and the
ninetieth hundredth. Differences below 1.3 times are noise on a shared machine.`;
}

const untimed = `Right before each slice goes one like it that is not timed, so that threads are awake
and caches filled as in a run without pauses; none goes before slices of over a second.`;

function overview(
  title: string,
  record: RunRecord,
  belongs: (workload: WorkloadRecord) => boolean,
): string {
  const against = baseOf(record);
  const workloads = record.workloads.filter(belongs);
  const columns = workloads.map(({ name, unit }) => `${name}, ${unit}/s`);
  const rows = present(record)
    .filter((id) => workloads.some(({ slices }) => timed(slices[id])))
    .map((id) => [
      label(record, id),
      ...workloads.map((workload) => {
        const series = workload.slices[id];
        if (!timed(series)) return "";
        const times = ratioTo(workload.slices, id, against);
        return `${digits(rates(workload, series).median)}${times ? ` (${digits(times.median)})` : ""}`;
      }),
    ]);
  if (rows.length === 0) return "";
  const words = `In brackets: how many times as fast as ${label(record, against)}.`;
  return `## ${title}\n\n${words}\n\n${table(["", ...columns], rows)}`;
}

function workloadSection(record: RunRecord, workload: WorkloadRecord): string {
  const { name, description, unit, checks, reasons, slices } = workload;
  const first = Object.values(checks)[0];
  const against = baseOf(record);
  const rows = present(record)
    .filter((id) => timed(slices[id]))
    .map((id) => {
      const series = slices[id]!;
      const { median: middle, low, high } = rates(workload, series);
      const times = ratioTo(workload.slices, id, against);
      const last = checks[id]?.at(-1);
      const apart = checks[id] && first && distance(checks[id], first);
      return [
        label(record, id),
        `${digits(middle)} [${digits(low)}, ${digits(high)}]`,
        times ? `${digits(times.median)} [${digits(times.low)}, ${digits(times.high)}]` : "",
        `${series.seconds.length} of ${digits(median(series.seconds))} s`,
        reasons[id] ?? (last ? `${last.loss.toFixed(5)} after ${last.steps}` : ""),
        reasons[id] || !apart || !last
          ? ""
          : `${apart.difference.toExponential(0)}${apart.steps < last.steps ? ` after ${apart.steps}` : ""}`,
      ];
    });
  const head = [
    "",
    `${unit}/s`,
    `times ${label(record, against)}`,
    "slices",
    "test loss after steps",
    "less the first's",
  ];
  return `## ${name}: ${description}\n\n${table(head, rows)}`;
}

function predictions(record: RunRecord, workload: WorkloadRecord): string[] {
  const counts = Object.keys(workload.predict);
  if (counts.length === 0) return [];
  const against = baseOf(record);
  const head = counts.flatMap((rows) => [
    rows === "1" ? "one row" : `${grouped(rows)} rows`,
    `times ${label(record, against)}`,
  ]);
  let fewer = false;
  const rows = present(record)
    .filter((id) => counts.some((count) => timed(workload.predict[count]![id])))
    .map((id) => [
      label(record, id),
      ...counts.flatMap((wanted) => {
        const series = workload.predict[wanted]![id];
        if (!series || !timed(series)) return ["", ""];
        const few = series.rows < Number(wanted);
        fewer ||= few;
        const {
          median: middle,
          low,
          high,
        } = spread(secondsPerStep(series).map((s) => (s * Number(wanted)) / series.rows));
        const times = ratioTo(workload.predict[wanted]!, id, against);
        return [
          `${duration(middle)} [${duration(low)}, ${duration(high)}]${few ? " *" : ""}`,
          times ? digits(times.median) : "",
        ];
      }),
    ]);
  const star = fewer ? "\n\n\\* asked for a tenth of the rows, times ten." : "";
  const words =
    "Probabilities of images in memory: the time of a call, and how many times as fast.";
  return [
    `## Predicting with ${workload.name}\n\n${words}\n\n${table(["", ...head], rows)}${star}`,
  ];
}

function startUp(record: RunRecord): string {
  const rows = present(record)
    .filter((id) => (record.startUp[id]?.length ?? 0) > 0)
    .map((id) => {
      const { median: middle, low, high, count } = spread(record.startUp[id]!);
      return [label(record, id), duration(middle), `[${duration(low)}, ${duration(high)}]`, count];
    });
  if (rows.length === 0) return "";
  const words =
    "From the start of the process to the end of the first step of S, without reading the data.";
  return `## Start-up\n\n${words}\n\n${table(["", "median", "spread", "starts"], rows)}`;
}

const memory =
  (record: RunRecord) =>
  ({ name, memory: sizes }: WorkloadRecord): string => {
    const rows = present(record)
      .filter((id) => sizes[id])
      .map((id) => {
        const { data, peak } = sizes[id]!;
        return [label(record, id), mebibytes(peak), mebibytes(data), mebibytes(peak - data)];
      });
    const words =
      "Resident after the steps of the loss check, in MiB: the most ever, what runtime, library and data took before there was a network, and the difference.";
    return `## Memory of training ${name}\n\n${words}\n\n${table(["", "peak", "with the data", "training"], rows)}`;
  };

function bundles(record: RunRecord): string {
  const rows = Object.values(record.bundles).map(({ what, bytes }) => [
    what,
    `${(bytes / 1000).toFixed(1)} kB`,
  ]);
  if (rows.length === 0) return "";
  const words = "What a page loads to train a network, minified by esbuild and gzipped.";
  return `## Size\n\n${words}\n\n${table(["", "size"], rows)}`;
}

function systemsTable(record: RunRecord): string {
  const rows = present(record).map((id) => {
    const { library, products, threads, runtime } = record.systems[id]!;
    return [label(record, id), library ?? "", products ?? "", threads ?? "", runtime ?? ""];
  });
  if (rows.length === 0) return "";
  return `## Systems\n\n${table(["", "library", "products", "threads", "runtime"], rows, 5)}`;
}

function notMeasured({ notes }: RunRecord): string {
  if (notes.length === 0) return "";
  const lines = notes.map(
    ({ system, workload, note }) => `- ${system}${workload ? `, ${workload}` : ""}: ${note}`,
  );
  return `## Not measured\n\n${lines.join("\n")}`;
}

/** What is said of a system only where it was timed. */
const remarks: readonly (readonly [id: string, remark: string])[] = [
  [
    "openblas",
    `- The C program is what a step can reach here: OpenBLAS for the products, loops that the compiler vectorises for
  this machine, and nothing else.`,
  ],
  ["ours-chromium", "- In Chromium, ours runs in a worker of a cross-origin isolated page."],
];

function honesty(record: RunRecord): string {
  const ids = present(record);
  const more = remarks.filter(([id]) => ids.includes(id)).map(([, remark]) => remark);
  return [general, ...more].join("\n");
}

const general = `## To be read with it

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
  threads on OpenBLAS's own pool can be slower than one, since PyTorch has a pool of its own beside it.`;
