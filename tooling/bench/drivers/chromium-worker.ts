import { wasm } from "@feedforward/wasm";
import type { Part, Request, Task } from "../src/protocol.ts";
import { answering, type Data, layersOf, type Material } from "./answer.ts";
import { trainerOn } from "./trainer.ts";

// In a worker of an isolated page: answers what the page hands on. The files come over HTTP.

type Inputs = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

const file = async (path: string): Promise<ArrayBuffer> => {
  const response = await fetch(`/files?${encodeURIComponent(path)}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.arrayBuffer();
};

async function part({ x, y, kind, rows, columns }: Part): Promise<Data<Inputs>> {
  const bytes = await file(x);
  return {
    x: kind === "uint8" ? new Uint8Array(bytes) : new Float32Array(bytes),
    y: new Int32Array(await file(y)),
    rows,
    columns,
  };
}

async function read(task: Task): Promise<Material<Inputs>> {
  return {
    task,
    train: await part(task.train),
    test: await part(task.test),
    order: new Int32Array(await file(task.order)),
    layers: layersOf(task, new Float32Array(await file(task.weights))),
  };
}

const threads = Number(new URLSearchParams(location.search).get("threads"));
if (!crossOriginIsolated) throw new Error("the page is not cross-origin isolated");
const answer = answering(trainerOn(wasm({ threads })), { read });

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  const reply = await answer(data).catch((error: unknown) => ({ error: String(error) }));
  postMessage(reply);
});
