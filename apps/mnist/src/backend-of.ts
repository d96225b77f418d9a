import { type Backend, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { UserError } from "./user-error.ts";

/** What --backend takes. */
export const backendNames = ["wasm", "blas", "reference", "fastest"] as const;
export type BackendName = (typeof backendNames)[number];

/** What computes, and what there is to say about it where it was picked. */
export interface Chosen {
  readonly backend: Backend;
  readonly note: string;
}

interface Blas {
  blas(): Backend;
}

/** @feedforward/blas loads a native library, and may be missing: whoever does without it never loads it. */
const blasPackage = (): Promise<Blas> => import("@feedforward/blas");

/** The backend of a name; `load` is for tests. */
export async function backendOf(
  name: BackendName,
  load: typeof blasPackage = blasPackage,
): Promise<Chosen> {
  if (name === "reference") return { backend: reference, note: "" };
  if (name === "wasm") return { backend: wasm(), note: "" };
  const picked = name === "fastest";
  try {
    const { blas } = await load();
    return { backend: blas(), note: picked ? ", the fastest here" : "" };
  } catch (cause) {
    if (picked)
      return {
        backend: wasm(),
        note: ", the fastest here as no BLAS was found (--backend blas says why)",
      };
    throw new UserError(
      `--backend blas: ${(cause as Error).message.trim()}.\nThe default is --backend wasm, which needs nothing.`,
      { cause },
    );
  }
}
