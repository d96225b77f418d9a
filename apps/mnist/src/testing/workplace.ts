import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { take, writeIdx } from "@feedforward/data";
import { readDigits } from "../embedded-digits.ts";

/** How the program has ended, and what it has printed. */
export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type OnOutput = (out: string, child: ChildProcess) => void;

/** A folder to run the program in. */
export interface Workplace {
  /** The path of a file in it. */
  at(name: string): string;
  /** Runs the program to its end; `onOutput` sees all it has printed so far. */
  run(argv: readonly string[], onOutput?: OnOutput): Promise<Result>;
  /** Runs a command of the shell, in which `cli` is the program. */
  shell(command: string): Promise<Result>;
  /** Makes a folder of IDX files: 100 digits to train on, raw, and `tests` black images as .gz. */
  makeData(name: string, tests: number): Promise<string>;
  remove(): void;
}

const CLI = fileURLToPath(new URL("../cli.ts", import.meta.url));
const NODE = process.execPath;
const CONDITIONS = "--conditions=@feedforward/source";

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), "mnist-"));
  const at = (name: string): string => join(folder, name);
  return {
    at,
    run: (argv, onOutput) =>
      new Promise((resolve) => {
        const child = spawn(NODE, [CONDITIONS, CLI, ...argv], { cwd: folder });
        let [out, err] = ["", ""];
        child.stdout.on("data", (text) => {
          out += text;
          onOutput?.(out, child);
        });
        child.stderr.on("data", (text) => {
          err += text;
        });
        child.on("close", (code) => resolve({ code, out, err }));
      }),
    shell: (command) =>
      new Promise((resolve) => {
        const script = `cli() { "$NODE" ${CONDITIONS} "$CLI" "$@"; }; ${command}`;
        const options = { cwd: folder, env: { ...process.env, NODE, CLI } };
        execFile("sh", ["-c", script], options, (error, out, err) =>
          resolve({ code: error ? Number(error.code) : 0, out, err }),
        );
      }),
    makeData: async (name, tests) => {
      const { x, y } = take(
        await readDigits(),
        Array.from({ length: 100 }, (_, i) => 100 * i),
      );
      mkdirSync(at(name));
      const write = (file: string, bytes: Uint8Array): void =>
        writeFileSync(join(at(name), file), bytes);
      const images = (count: number, data: Uint8Array): Uint8Array =>
        writeIdx({ shape: [count, 28, 28], data });
      const labels = (data: Uint8Array): Uint8Array => writeIdx({ shape: [data.length], data });
      const black = new Uint8Array(784 * tests);
      write("train-images-idx3-ubyte", images(100, x.data as Uint8Array));
      write("train-labels-idx1-ubyte", labels(Uint8Array.from(y)));
      write("t10k-images-idx3-ubyte.gz", gzipSync(images(tests, black), { level: 1 }));
      write("t10k-labels-idx1-ubyte.gz", gzipSync(labels(new Uint8Array(tests))));
      return name;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Sends a signal once, as soon as the output matches. */
export function signalAt(pattern: RegExp, signal: NodeJS.Signals): OnOutput {
  let sent = false;
  return (out, child) => {
    if (!sent && pattern.test(out)) sent = child.kill(signal);
  };
}
