import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { load, type Network } from "@feedforward/mlp";
import { activations } from "./activation-names.ts";
import { fileError } from "./file-error.ts";
import { MODEL } from "./run-folder.ts";
import { UserError } from "./user-error.ts";

/** A network as `train` has saved it. */
export interface Run {
  /** The path of its file. */
  readonly path: string;
  readonly net: Network;
  /** The size of its images in pixels. */
  readonly height: number;
  readonly width: number;
  /** The folder of its data; undefined where it has learned the digits that come with the program. */
  readonly data?: string;
}

/** Reads the network of a run from its folder, or from the file itself. */
export async function loadRun(run: string): Promise<Run> {
  const isFolder = await stat(run).then(
    (found) => found.isDirectory(),
    (cause: unknown) => {
      throw fileError("read the run", run, cause);
    },
  );
  const path = isFolder ? join(run, MODEL) : run;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw fileError("read", path, cause);
  });
  const { net, metadata } = loaded(path, bytes);
  const { images, data } = metadata as {
    readonly images?: { readonly height?: unknown; readonly width?: unknown } | null;
    readonly data?: unknown;
  };
  const [height, width] = [Number(images?.height), Number(images?.width)];
  if (height * width !== net.inputs)
    throw new UserError(
      `${path} is no network of this program: it does not say what images it takes`,
    );
  return { path, net, height, width, ...(typeof data === "string" && { data }) };
}

function loaded(path: string, bytes: Uint8Array): ReturnType<typeof load> {
  try {
    return load(bytes, { activations: Object.values(activations) });
  } catch (cause) {
    throw new UserError(`${path} cannot be loaded: ${(cause as Error).message}`, { cause });
  }
}
