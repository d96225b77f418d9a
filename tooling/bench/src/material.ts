import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { relu } from "@feedforward/activations";
import { readExamples, split } from "@feedforward/data";
import { dense, type Loss, type LossDefinition, mlp, train } from "@feedforward/mlp";
import { sgd } from "@feedforward/optim";
import {
  type Examples,
  type FloatArray,
  type Matrix,
  normal,
  type Rows,
} from "@feedforward/tensor";
import type { Part, Task } from "./protocol.ts";
import type { Workload } from "./workloads.ts";

/** Images to train on and to predict, and what they are. */
export interface Images {
  readonly name: string;
  readonly train: Examples<Int32Array>;
  readonly test: Examples<Int32Array>;
}

const WHOLE = 256; // every batch size divides it, so that no system meets a shorter last batch
const ORDERS = 2; // epochs of shuffled order that are written down
const SEED = 1;

const debian = "/usr/share/datasets/fashion-mnist"; // its package dataset-fashion-mnist

/** The images of a folder of IDX files; else Fashion-MNIST where Debian has put it, else the embedded digits. */
export async function readImages(
  folder: string | undefined,
  embedded: string,
  fashion = debian,
): Promise<Images> {
  const from = folder ?? (existsSync(fashion) ? fashion : undefined);
  if (from === undefined) {
    const all = await readPart(embedded, "images", "labels");
    const { train, test } = split(all, { train: 0.8, test: 0.2 }, { seed: SEED });
    return { name: `the trainer's ${all.y.length} digits of MNIST's training images`, train, test };
  }
  return {
    name: from === fashion ? "Fashion-MNIST" : nameOf(from),
    train: await readPart(from, "train-images", "train-labels"),
    test: await readPart(from, "t10k-images", "t10k-labels"),
  };
}

const nameOf = (folder: string): string =>
  folder.replace(/\/+$/, "").split("/").at(-1)?.toUpperCase() || folder;

async function readPart(folder: string, images: string, labels: string) {
  const file = (stem: string, rank: number): Buffer => {
    const plain = join(folder, `${stem}-idx${rank}-ubyte`);
    return readFileSync(existsSync(plain) ? plain : `${plain}.gz`);
  };
  return readExamples({ images: file(images, 3), labels: file(labels, 1) });
}

/** Ten numbers from N(0, 1), and the side of a plane they lie on, one in ten told wrong. */
export function synthetic(rows: number, stream: number): Examples<Int32Array> {
  const columns = 10;
  const x = normal(new Float32Array(rows * columns), { seed: SEED, stream, counter: 0 });
  const plane = normal(new Float64Array(columns), { seed: SEED, stream: 0, counter: 0 });
  const y = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    let side = 0;
    for (let c = 0; c < columns; c++) side += plane[c]! * x[r * columns + c]!;
    y[r] = side > 0 !== (r % 10 === 0) ? 1 : 0;
  }
  return { x: { shape: [rows, columns], data: x }, y };
}

/** Writes what a workload begins from into `folder`, and says where. */
export async function writeTask(folder: string, workload: Workload, images: Images): Promise<Task> {
  const { train, test } =
    workload.data === "synthetic"
      ? { train: synthetic(8192, 1), test: synthetic(1000, 2) }
      : workload.data === "images"
        ? images
        : { train: filled(images.train), test: filled(images.test) };
  const rows = Math.floor(train.x.shape[0] / WHOLE) * WHOLE;
  const at = (name: string): string => join(folder, workload.name, name);
  return {
    widths: workload.widths,
    batch: workload.batch,
    update: workload.update,
    train: writePart(at("train"), train, rows),
    test: writePart(at("test"), test, test.x.shape[0]),
    order: write(at("order.int32"), await shuffled(rows)),
    weights: write(at("weights.float32"), initialWeights(workload.widths)),
  };
}

function filled({ x, y }: Examples<Int32Array>): Examples<Int32Array> {
  const data = (x.data as Uint8Array).map((pixel) => Math.max(pixel, 1));
  return { x: { shape: x.shape, data }, y };
}

function writePart(stem: string, { x, y }: { x: Rows; y: Int32Array }, rows: number): Part {
  const columns = x.shape[1];
  const kind = x.data instanceof Uint8Array ? "uint8" : "float32";
  return {
    x: write(`${stem}-x.${kind}`, x.data.subarray(0, rows * columns)),
    kind,
    rows,
    columns,
    y: write(`${stem}-y.int32`, y.subarray(0, rows)),
  };
}

function write(path: string, { buffer, byteOffset, byteLength }: ArrayBufferView): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, new Uint8Array(buffer, byteOffset, byteLength));
  return path;
}

/** What our network begins from: W and b of each layer, one after another. */
export function initialWeights([inputs, ...outputs]: readonly number[]): Float32Array {
  const layers = outputs.map((n, k) => (k < outputs.length - 1 ? dense(n, relu) : dense(n)));
  const net = mlp(inputs!, layers, { seed: SEED });
  const arrays = net.layers.flatMap(({ params }) => params.map(({ data }) => data));
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

/** The order in which our `train` takes the rows, read off it by a loss that notes what it is given. */
export async function shuffled(rows: number): Promise<Int32Array> {
  const order = new Int32Array(rows * ORDERS);
  let seen = 0;
  const ofValues: LossDefinition<FloatArray> = (grad, loss, _a, y, count) => {
    grad.fill(0);
    loss.fill(0);
    for (let r = 0; r < count; r++) order[seen++] = y[r]!;
  };
  const noting: Loss<Matrix> = { lossName: "noting", ofValues, check() {} };
  const numbered = {
    x: { shape: [rows, 1] as const, data: new Uint8Array(rows) },
    y: { shape: [rows, 1] as const, data: Float32Array.from({ length: rows }, (_, i) => i) },
  };
  const options = { optimizer: sgd({ learningRate: 0.1 }), epochs: ORDERS, batchSize: WHOLE };
  const run = train(mlp(1, [dense(1)], { seed: SEED }), numbered, { ...options, loss: noting });
  for await (const _ of run);
  return order;
}
