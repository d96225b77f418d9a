import { peer, versionOf } from "./peer.ts";
import { batches, type Data, type Material, serve, transposed } from "./serve.ts";

// jax-js with the whole step, gradient and update, in one jit. Its optax is written in the same
// operations; here the update stands beside the gradient, so that one kernel may hold both.

interface Jax {
  /** Counts one more use of it: every operation takes its operands away. */
  readonly ref: Jax;
  add(b: Jax | number): Jax;
  sub(b: Jax | number): Jax;
  mul(b: Jax | number): Jax;
  div(b: Jax | number): Jax;
  sum(): Jax;
  dataSync(): Float32Array;
  blockUntilReady(): Promise<Jax>;
}
interface Layer {
  W: Jax;
  b: Jax;
}
interface JaxJs {
  init(device: string): Promise<string[]>;
  defaultDevice(device: string): string;
  jit<F>(f: F): F;
  grad<P, A extends unknown[]>(f: (params: P, ...rest: A) => Jax): (params: P, ...rest: A) => P;
  numpy: {
    array(values: Float32Array | number, options?: { shape: number[] }): Jax;
    matmul(a: Jax, b: Jax): Jax;
    sqrt(a: Jax): Jax;
    zerosLike(a: Jax): Jax;
  };
  nn: { relu(a: Jax): Jax; logSoftmax(a: Jax): Jax; softmax(a: Jax): Jax };
}

const jax = peer<JaxJs>("@jax-js/jax");
let material: Material<Float32Array>;
let params: Layer[];
let slots: Layer[][];
let step: (params: Layer[], slots: Layer[][], x: Jax, y: Jax, t: Jax[]) => [Layer[], Layer[][]];
let forward: (params: Layer[], x: Jax) => Jax;
let next: () => Int32Array;
let t = 0;

const mapLayers = (f: (...arrays: Jax[]) => Jax, ...networks: Layer[][]): Layer[] =>
  networks[0]!.map((_, k) => ({
    W: f(...networks.map((layers) => layers[k]!.W)),
    b: f(...networks.map((layers) => layers[k]!.b)),
  }));
const refs = (layers: Layer[]): Layer[] => mapLayers(({ ref }) => ref, layers);

function logits(layers: Layer[], x: Jax): Jax {
  return layers.reduce((h, { W, b }, k) => {
    const a = jax.numpy.matmul(h, W).add(b);
    return k < layers.length - 1 ? jax.nn.relu(a) : a;
  }, x);
}

function build({ update, batch }: Material<Float32Array>["task"]): void {
  const gradient = jax.grad((layers: Layer[], x: Jax, y: Jax) =>
    jax.nn
      .logSoftmax(logits(layers, x))
      .mul(y)
      .sum()
      .mul(-1 / batch),
  );
  const rate = update.learningRate;
  step = jax.jit((layers, [m, v], x, y, [c1, c2]) => {
    const grads = gradient(refs(layers), x, y);
    if (update.kind === "sgd") {
      if (!m) return [mapLayers((p, g) => p!.sub(g!.mul(rate)), layers, grads), []];
      const velocity = mapLayers((u, g) => u!.mul(update.momentum).add(g!), m, grads);
      return [mapLayers((p, u) => p!.sub(u!.mul(rate)), layers, refs(velocity)), [velocity]];
    }
    const m1 = mapLayers((u, g) => u!.mul(0.9).add(g!.mul(0.1)), m!, refs(grads));
    const v1 = mapLayers((u, g) => u!.mul(0.999).add(g!.ref.mul(g!).mul(0.001)), v!, grads);
    const moved = mapLayers(
      (p, u, w) =>
        p!.sub(
          u!
            .div(c1!.ref)
            .mul(rate)
            .div(jax.numpy.sqrt(w!.div(c2!.ref)).add(1e-8)),
        ),
      layers,
      refs(m1),
      refs(v1),
    );
    return [moved, [m1, v1]];
  });
  forward = jax.jit((layers, x) => jax.nn.softmax(logits(layers, x)));
}

function gather({ x, y, columns }: Data<Float32Array>, rows: Int32Array, classes: number): Jax[] {
  const inputs = new Float32Array(rows.length * columns);
  const targets = new Float32Array(rows.length * classes);
  for (const [r, row] of rows.entries()) {
    inputs.set(x.subarray(row * columns, (row + 1) * columns), r * columns);
    targets[r * classes + y[row]!] = 1;
  }
  const { array } = jax.numpy;
  return [
    array(inputs, { shape: [rows.length, columns] }),
    array(targets, { shape: [rows.length, classes] }),
  ];
}

serve<Float32Array>({
  takes: "floats",
  async load(given) {
    material = given;
    next = batches(given as Material<never>);
    await jax.init("wasm");
    jax.defaultDevice("wasm");
    const { widths, update } = given.task;
    params = given.layers.map(({ W, b }, k) => ({
      W: jax.numpy.array(transposed(W, widths[k + 1]!, widths[k]!), {
        shape: [widths[k]!, widths[k + 1]!],
      }),
      b: jax.numpy.array(b, { shape: [b.length] }),
    }));
    const zeros = (): Layer[] => mapLayers((p) => jax.numpy.zerosLike(p!), refs(params));
    if (update.kind === "adam") slots = [zeros(), zeros()];
    else slots = update.momentum > 0 ? [zeros()] : [];
    build(given.task);
    return { library: versionOf("@jax-js/jax"), products: "device wasm", threads: "1" };
  },
  async steps(count) {
    const { train, task } = material;
    for (let i = 0; i < count; i++) {
      const [x, y] = gather(train, next(), task.widths.at(-1)!);
      t++;
      const corrections =
        task.update.kind === "adam"
          ? [1 - 0.9 ** t, 1 - 0.999 ** t].map((c) => jax.numpy.array(c))
          : [];
      [params, slots] = step(params, slots, x!, y!, corrections);
      await params[0]!.b.blockUntilReady(); // what is queued instead keeps its memory, and is slower
    }
  },
  predict(rows) {
    const { test } = material;
    const x = jax.numpy.array(test.x.subarray(0, rows * test.columns).slice(), {
      shape: [rows, test.columns],
    });
    return forward(refs(params), x).dataSync();
  },
});
