import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { measureBundles } from "./bundles.ts";
import { describeMachine } from "./machine.ts";
import { readImages } from "./material.ts";
import { help, readOptions } from "./options.ts";
import { toPage } from "./page.ts";
import { installPeers } from "./peers.ts";
import { measureProfiles } from "./profile.ts";
import { profileSection } from "./profile-table.ts";
import { type RunRecord, toText } from "./record.ts";
import { measure } from "./session.ts";
import { commandOf, missing, type System } from "./systems.ts";
import { toProfile } from "./workloads.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const results = join(root, "tooling/bench/results");
const cache = join(root, "node_modules/.cache/bench");
const peers = join(cache, "peers");
const page = join(root, "BENCHMARKS.md");

/** A folder of this machine means nothing elsewhere: its last part is enough. */
const withoutFolder = (arg: string): string =>
  arg.includes("/") ? `${/^--[^=]*=/.exec(arg) ?? ""}${arg.split("/").at(-1)}` : arg;

try {
  await main();
} catch (error) {
  console.error(`${(error as Error).message}\nSee pnpm bench --help.`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const options = readOptions(args, process.env);
  if (options.help) return console.log(help);
  if (options.report) return writePage(options.files[0] ?? newest());
  if (options.installPeers) installPeers(peers);

  const python = process.env.PYTHON ?? "/usr/bin/python3";
  const places = { peers, programs: join(cache, "programs"), python };
  const notes = options.systems.flatMap((system) => {
    const note = missing(system, places);
    return note ? [{ system: system.id, note }] : [];
  });
  const able = options.systems.filter(({ id }) => !notes.some(({ system }) => system === id));
  const images = await readImages(options.data, join(root, "apps/mnist/digits"));
  const record: RunRecord = {
    date: new Date().toISOString().slice(0, 10),
    command: ["pnpm bench", ...args.map(withoutFolder)].join(" "),
    machine: describeMachine(),
    data: images.name,
    pairs: options.pairs,
    systems: {},
    notes,
    workloads: [],
    startUp: {},
    bundles: {},
  };
  for (const { system, note } of notes) console.log(`${system}: ${note}`);
  const keep = options.out ?? join(cache, "last.json");
  const saveAs = (file: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, toText(record));
  };
  const save = (): void => saveAs(keep);
  const interruption = new AbortController();
  process.once("SIGINT", () => {
    progress("Ending; what is measured is kept.\n");
    interruption.abort();
  });
  const plan = {
    ...options,
    systems: able,
    images,
    folder: join(cache, "data"),
    commandOf: (system: System) => commandOf(system, places),
    progress,
    signal: interruption.signal,
  };
  if (!options.profile) await measure(plan, record, save);
  if (options.profile || options.complete) {
    const { workloads, profile } = options;
    const wanted = workloads.filter(({ name }) => profile || toProfile.includes(name));
    await measureProfiles(plan, wanted, record, save);
  }
  const ids = [...able.map(({ id }) => id), ...able.map(({ group }) => group)];
  const failed = (system: string, note: string): void => void record.notes.push({ system, note });
  if (interruption.signal.aborted) failed("the run", "ended early");
  else if (!options.profile)
    Object.assign(record.bundles, await measureBundles(peers, ids, failed));
  progress("");
  save();
  if (options.complete && !interruption.signal.aborted) {
    const file = join(results, `${record.date}.json`);
    saveAs(file);
    writePage(file);
  } else if (options.profile) {
    console.log(`${profileSection(record)}\n\nThe record is in ${keep}.`);
  } else {
    console.log(`${toPage(record, relative(root, keep))}\nThe record is in ${keep}.`);
  }
}

function writePage(file: string): void {
  const record = JSON.parse(readFileSync(file, "utf8")) as RunRecord;
  writeFileSync(page, toPage(record, relative(root, file)));
  console.log(`${relative(process.cwd(), page)} says what ${relative(process.cwd(), file)} holds.`);
}

function newest(): string {
  const files = existsSync(results) ? readdirSync(results).filter((f) => f.endsWith(".json")) : [];
  const last = files.sort().at(-1);
  if (!last) throw new Error("There is no record in tooling/bench/results yet.");
  return join(results, last);
}

/** A line that the next one overwrites, unless it ends; plain lines where there is no terminal. */
function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
  else if (text && !/round \d*[1-9] of/.test(text)) console.log(text.trimEnd());
}
