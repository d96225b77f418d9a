import { mkdir, open, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { type Json, type Network, save } from "@feedforward/mlp";
import { fileError } from "./file-error.ts";
import { UserError } from "./user-error.ts";
import { writeAtomically } from "./write-atomically.ts";

export const MODEL = "model.safetensors";
export const HISTORY = "history.json";
export const OPTIONS = "options.json";

type Description = { readonly [key: string]: Json };

/** Where a run leaves its results. */
export interface RunFolder {
  readonly path: string;
  /** Writes all three files, each of them whole or not at all, the model first. */
  save(net: Network, history: readonly Json[], description: Description): Promise<void>;
  /** Removes the folder, if nothing was saved in it. */
  leave(): Promise<void>;
}

/**
 * Makes the folder of a run, and sees to it that it can be written to before there is a result to lose.
 *
 * @param out The folder; runs/1, or the next free number, unless told.
 * @param force Whether the run that is there may be overwritten.
 */
export async function makeRunFolder(out: string | undefined, force: boolean): Promise<RunFolder> {
  const path = out === undefined ? await makeFresh("runs") : await makeNamed(out, force);
  await expectWritable(path);
  return {
    path,
    save: async (net, history, description) => {
      const json = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
      const metadata = { ...description, epochs: history.length };
      await writeAtomically(join(path, MODEL), save(net, { metadata }));
      await writeAtomically(join(path, HISTORY), json(history));
      await writeAtomically(join(path, OPTIONS), json(description));
    },
    leave: () => rmdir(path).catch(() => undefined), // fails where there is a file in it
  };
}

async function makeFresh(parent: string): Promise<string> {
  await makeFolder(parent);
  for (let number = 1; ; number++) {
    const path = join(parent, String(number));
    try {
      await mkdir(path);
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST")
        throw fileError("make the folder", path, cause);
    }
  }
}

async function makeNamed(path: string, force: boolean): Promise<string> {
  await makeFolder(path);
  const present = await readdir(path);
  const run = [MODEL, HISTORY, OPTIONS].find((name) => present.includes(name));
  if (run && !force)
    throw new UserError(
      `${path} holds a run already (${run}): choose another --out, or overwrite it with --force`,
    );
  return path;
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw fileError("make the folder", path, cause);
  });
}

async function expectWritable(folder: string): Promise<void> {
  const probe = join(folder, `.probe.${process.pid}.tmp`);
  try {
    await (await open(probe, "w")).close();
    await rm(probe);
  } catch (cause) {
    throw fileError("write to", folder, cause);
  }
}
