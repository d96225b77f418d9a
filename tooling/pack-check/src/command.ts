import { execFile } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and gives what it printed; a failure's message is the command and all of its output. */
export const command = (
  program: string,
  args: readonly string[],
  { cwd, env = {} }: CommandOptions,
): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      // A program that hangs (an open worker, a prompt) is a failure like any other.
      { cwd, env: { ...process.env, ...env }, timeout: 180_000, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const why = error.killed ? "did not end within 180 s" : `exit ${error.code}`;
        reject(
          new Error(`$ ${[program, ...args].join(" ")}   (${why})\n${stdout}${stderr}`.trim()),
        );
      },
    ).stdin?.end();
  });
