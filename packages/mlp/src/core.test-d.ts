import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam } from "@feedforward/optim";
import { reference } from "@feedforward/tensor";
import { expectTypeOf, test } from "vitest";
import * as core from "./core.ts";
import * as index from "./index.ts";

const net = core.mlp(2, [core.dense(2)], { labels: ["cat", "dog"] });
const x = { shape: [1, 2], data: new Float32Array(2) } as const;
const examples = { x, y: Int32Array.of(0) };
const loss = softmaxCrossEntropy();
const options = { loss, optimizer: adam(), epochs: 1, metrics: [core.accuracy] };
const backend = reference;

test("in mlp/core a backend is always named", () => {
  core.train(net, examples, { ...options, backend });
  core.evaluate(net, examples, { loss, backend });
  core.forward(net, x, { backend });
  core.predict(net, x, { backend });
  core.predictor(net, { backend });
  // @ts-expect-error no backend
  core.train(net, examples, options);
  // @ts-expect-error no backend
  core.evaluate(net, examples, { loss });
  // @ts-expect-error no backend
  core.forward(net, x, { training: true });
  // @ts-expect-error no options at all
  core.forward(net, x);
  // @ts-expect-error no backend
  core.predict(net, x, { batchSize: 2 });
  // @ts-expect-error no backend
  core.predictor(net, {});
});

test("and what comes out has the types that it has from mlp", () => {
  const [run, same] = [
    core.train(net, examples, { ...options, backend }),
    index.train(net, examples, options),
  ];
  expectTypeOf(run).toEqualTypeOf(same);
  expectTypeOf(core.predict(net, x, { backend })).toEqualTypeOf(index.predict(net, x));
  expectTypeOf(core.predictor(net, { backend })).toEqualTypeOf(index.predictor(net));
  expectTypeOf(core.forward(net, x, { backend })).toEqualTypeOf(index.forward(net, x));
});
