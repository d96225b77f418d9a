import { relu } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, dropout, mlp, train } from "@feedforward/mlp";
import { sgd } from "@feedforward/optim";
import { type Backend, type Examples, uniform } from "@feedforward/tensor";

const ROWS = 1280;
const STEPS = 200;

/** Images with dark margins, and labels that have something to do with them. */
function images(): Examples<Int32Array> {
  const random = uniform(new Float32Array(ROWS * 784), { seed: 11, stream: 0, counter: 0 });
  const margin = (at: number): boolean => at < 4 || at > 23;
  const data = Uint8Array.from(random, (x, i) =>
    margin(i % 28) || margin(Math.floor((i % 784) / 28)) ? 0 : 256 * x,
  );
  const y = Int32Array.from({ length: ROWS }, (_, i) => Math.floor(data[784 * i + 406]! / 25.6));
  return { x: { shape: [ROWS, 784], data }, y };
}

/** SHA-256 of the weights after 200 steps of 784-512-512-10 with dropout, batch 128, momentum. */
export async function digestOf(backend: Backend): Promise<string> {
  const standardiser = { mean: new Float32Array(784), std: new Float32Array(784).fill(255) };
  const layers = [dense(512, relu), dropout(0.2), dense(512, relu), dropout(0.5), dense(10)];
  const net = mlp(784, layers, { seed: 5, standardiser });
  const examples = images();
  for await (const { step } of train(net, examples, {
    loss: softmaxCrossEntropy(),
    optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
    batchSize: 128,
    epochs: STEPS / (ROWS / 128),
    backend,
  }))
    if (step > STEPS) throw new Error(`digestOf() expects ${STEPS} steps, but made ${step}`);
  const weights = net.layers.flatMap(({ params }) => params.map(({ data }) => data));
  const bytes = new Uint8Array(4 * weights.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of weights) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
