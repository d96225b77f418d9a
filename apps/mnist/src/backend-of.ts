import { availableParallelism } from "node:os";
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
  blas(options: { readonly threads: number }): Backend;
}

/** @feedforward/blas loads a native library, and may be missing: whoever does without it never loads it. */
const blasPackage = (): Promise<Blas> => import("@feedforward/blas");

const MOST_THREADS = 8; // as wasm() has unless told

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
    const threads = picked ? Math.min(availableParallelism(), MOST_THREADS) : 1;
    return { backend: blas({ threads }), note: picked ? ", picked as there is a BLAS" : "" };
  } catch (cause) {
    if (picked)
      return {
        backend: wasm(),
        note: ", picked as no BLAS was found (--backend blas says why)",
      };
    throw new UserError(
      `--backend blas: ${(cause as Error).message.trim()}.\nThe default is --backend wasm, which needs nothing.`,
      { cause },
    );
  }
}
