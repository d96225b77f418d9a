import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "./file-error.ts";

/**
 * Writes a file whole or not at all: into a temporary file beside it, synced to the disk, then renamed.
 *
 * Whatever goes wrong, and whenever, a file of that name that stood there before is as it was.
 *
 * @throws {UserError} when it cannot be written.
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError("write", path, cause);
  }
}

/** The new name is on the disk, too. Where folders cannot be synced (Windows), there is nothing to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
