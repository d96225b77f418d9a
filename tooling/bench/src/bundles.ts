import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

// What a page has to load that trains a small network: minified by esbuild, gzipped.

interface Bundle {
  readonly label: string;
  readonly source: string;
  /** Files that the page fetches besides. */
  readonly files?: readonly string[];
}

const tfjs = (backend: string): string => `
  import * as tf from "@tensorflow/tfjs-core";
  import "@tensorflow/tfjs-core/dist/register_all_gradients";
  import "@tensorflow/tfjs-backend-${backend}";
  globalThis.run = (x, y, W) =>
    tf.train.sgd(0.1).minimize(() =>
      tf.losses.softmaxCrossEntropy(tf.oneHot(y, 10), tf.relu(tf.matMul(x, W))));`;

const bundles: Readonly<Record<string, Bundle>> = {
  ours: {
    label: "feedforward: train, sgd, softmaxCrossEntropy, relu, dense, mlp",
    source: `
      import { relu } from "@feedforward/activations";
      import { softmaxCrossEntropy } from "@feedforward/losses";
      import { dense, mlp, train } from "@feedforward/mlp";
      import { sgd } from "@feedforward/optim";
      globalThis.run = (digits) =>
        train(mlp(784, [dense(128, relu), dense(10)]), digits, {
          loss: softmaxCrossEntropy(), optimizer: sgd({ learningRate: 0.1 }), epochs: 5,
        });`,
  },
  "jax-js": {
    label: "jax-js: numpy, nn, grad, jit",
    source: `
      import { grad, init, jit, nn, numpy } from "@jax-js/jax";
      globalThis.run = { grad, init, jit, nn, numpy };`,
  },
  "tfjs-wasm": {
    label: "TensorFlow.js: core, gradients and the wasm backend with SIMD",
    source: tfjs("wasm"),
    files: ["@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm"],
  },
  "tfjs-cpu": {
    label: "TensorFlow.js: core, gradients and the cpu backend",
    source: tfjs("cpu"),
  },
  convnetjs: {
    label: "ConvNetJS",
    source: `import convnetjs from "convnetjs"; globalThis.run = convnetjs;`,
  },
  brain: {
    label: "brain.js: its browser build",
    source: `import { NeuralNetwork } from "brain.js/dist/browser.js"; globalThis.run = NeuralNetwork;`,
  },
};

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { contents: Uint8Array }[] }>;
}

/** The bytes of each bundle that can be made; esbuild is one of the peers. */
export async function measureBundles(
  peers: string,
  ids: readonly string[],
  failed: (id: string, why: string) => void,
): Promise<Record<string, { readonly what: string; readonly bytes: number }>> {
  const measured: Record<string, { what: string; bytes: number }> = {};
  let esbuild: Esbuild;
  try {
    esbuild = createRequire(join(peers, "package.json"))("esbuild") as Esbuild;
  } catch {
    failed("bundle sizes", "esbuild not installed: pnpm bench --install-peers");
    return measured;
  }
  for (const [id, { label, source, files = [] }] of Object.entries(bundles)) {
    if (!ids.includes(id)) continue;
    try {
      const { outputFiles } = await esbuild.build({
        stdin: {
          contents: source,
          resolveDir: id === "ours" ? fileURLToPath(new URL("..", import.meta.url)) : peers,
        },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        platform: "browser",
        logLevel: "silent",
      });
      const contents = [
        ...outputFiles.map((file) => file.contents),
        ...files.map((file) => readFileSync(join(peers, "node_modules", file))),
      ];
      const bytes = contents.reduce((sum, c) => sum + gzipSync(c, { level: 9 }).length, 0);
      measured[id] = { what: label, bytes };
    } catch (error) {
      const { errors = [], message } = error as Error & { errors?: { text: string }[] };
      failed(id, `bundle: ${errors[0]?.text ?? message}`);
    }
  }
  return measured;
}
