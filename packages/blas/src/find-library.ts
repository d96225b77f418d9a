import { type Library, loadLibrary } from "./library.ts";
import type { Places } from "./places.ts";

/**
 * The library at a path; without one, the first that loads of those a platform has.
 *
 * One that does not say what it is may be the BLAS of reference, which is slower than our kernels: it is
 * taken where it is asked for by its path alone.
 *
 * @throws {Error} where there is none, with what was tried and how to install one.
 */
export function findLibrary(
  path: string | undefined,
  { libraries, install }: Places,
  load: typeof loadLibrary = loadLibrary,
): Library {
  const remedy = `${install}, or leave the products to wasm() of @feedforward/wasm`;
  if (path !== undefined)
    try {
      return load(path);
    } catch (error) {
      throw new Error(
        `blas() expects library to be a BLAS, but library is ${path} (${(error as Error).message.trim()}): leave library out, or ${remedy}`,
        { cause: error },
      );
    }
  for (const place of libraries)
    try {
      const library = load(place);
      if (library.name !== undefined) return library;
    } catch {} // the next
  throw new Error(
    `blas() expects a fast BLAS on this machine, but found none of ${libraries.join(", ")}: ${remedy}`,
  );
}
