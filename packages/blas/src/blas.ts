import type { Backend } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { loadLibrary } from "./library.ts";
import { placesOf } from "./places.ts";
import { withRoom } from "./columns.ts";
import { sessionOn } from "./session.ts";

export function blas({ library, threads = 1 }: { library?: string; threads?: number } = {}): Backend {
  const found = loadLibrary(library ?? placesOf("linux").libraries[0]!);
  const inner = wasm({ threads: 1 });
  return {
    name: `blas (${found.name}, ${found.threading}, ${found.core}, ${threads} threads)`,
    open(dtype, layout) {
      const { session, buffers } = inner.open(dtype, withRoom(layout));
      return { session: sessionOn(session, found, threads, buffers.room), buffers: buffers.buffers };
    },
  };
}
