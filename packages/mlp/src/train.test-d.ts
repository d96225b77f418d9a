import { relu } from "@feedforward/activations";
import { meanSquaredError, negativeLogLikelihood, softmaxCrossEntropy } from "@feedforward/losses";
import { adam, chain, scaleByAdam, scaleByLearningRate } from "@feedforward/optim";
import type { Matrix } from "@feedforward/tensor";
import { expectTypeOf, test } from "vitest";
import {
  accuracy,
  dense,
  evaluate,
  load,
  type Metric,
  mlp,
  type Network,
  type Prediction,
  predict,
  predictor,
  type Report,
  save,
  train,
} from "./index.ts";

const net = mlp(2, [dense(3, relu), dense(2)]);
const x = { shape: [1, 2], data: new Float32Array(2) } as const;
const digits = { x, y: Int32Array.of(0) };
const curve = { x, y: { shape: [1, 2], data: new Float32Array(2) } as Matrix };
const loss = softmaxCrossEntropy();
const optimizer = adam();
const recall: Metric<"recall"> = { name: "recall", ofClasses: () => 0 };

test("a loss that does not take the targets is an error", () => {
  train(net, digits, { loss, optimizer, epochs: 1 });
  train(net, curve, { loss, optimizer, epochs: 1 });
  train(net, curve, { loss: meanSquaredError(), optimizer, epochs: 1 });
  // @ts-expect-error mean squared error takes values
  train(net, digits, { loss: meanSquaredError(), optimizer, epochs: 1 });
  // @ts-expect-error the negative log-likelihood takes classes
  train(net, curve, { loss: negativeLogLikelihood(), optimizer, epochs: 1 });
  // @ts-expect-error the same of an evaluation
  evaluate(net, digits, { loss: meanSquaredError() });
  // @ts-expect-error a loss is made by its factory
  train(net, digits, { loss: softmaxCrossEntropy, optimizer, epochs: 1 });
});

test("validation of another kind than the examples is an error", () => {
  train(net, digits, { loss, optimizer, epochs: 1, validation: digits });
  // @ts-expect-error classes and values
  train(net, digits, { loss, optimizer, epochs: 1, validation: curve });
});

test("missing and misspelt options are errors", () => {
  // @ts-expect-error epochs has no default
  train(net, digits, { loss, optimizer });
  // @ts-expect-error the option is batchSize
  train(net, digits, { loss, optimizer, epochs: 1, batch: 32 });
  // @ts-expect-error the option is patience
  train(net, digits, { loss, optimizer, epochs: 1, earlyStopping: { pacience: 3 } });
  // @ts-expect-error an optimizer is made by its factory
  train(net, digits, { loss, optimizer: adam, epochs: 1 });
  // @ts-expect-error the option is batchSize
  predict(net, x, { batch: 3 });
});

test("inputs are rows", () => {
  // @ts-expect-error a vector for a matrix
  predict(net, { shape: [2], data: new Float32Array(2) });
  // @ts-expect-error numbers without a shape
  predictor(net)(new Float32Array(2));
  // @ts-expect-error classes are an Int32Array
  train(net, { x, y: [0] }, { loss, optimizer, epochs: 1 });
});

test("metrics are known by name", async () => {
  const metrics = [accuracy, recall] as const;
  for await (const report of train(net, digits, { loss, optimizer, epochs: 1, metrics })) {
    expectTypeOf(report).toEqualTypeOf<Report<"accuracy" | "recall">>();
    expectTypeOf(report.metrics.recall).toEqualTypeOf<number>();
    expectTypeOf(report.validation?.accuracy).toEqualTypeOf<number | undefined>();
    // @ts-expect-error no such metric
    report.metrics.precision;
  }
  for await (const report of train(net, digits, { loss, optimizer, epochs: 1 })) {
    expectTypeOf(report.validation?.loss).toEqualTypeOf<number | undefined>();
    // @ts-expect-error no metrics
    report.metrics.accuracy;
  }
  const found = await evaluate(net, digits, { loss, metrics: [accuracy] });
  expectTypeOf(found.accuracy).toEqualTypeOf<number>();
  // @ts-expect-error no such metric
  found.recall;
  const monitor = ({ validation }: Report<"accuracy">): number => -(validation?.accuracy ?? 0);
  const earlyStopping = { patience: 3, monitor };
  train(net, digits, { loss, optimizer, epochs: 1, metrics: [accuracy], earlyStopping });
});

test("the state of an optimizer stays its own", () => {
  const chained = chain(scaleByAdam(), scaleByLearningRate(0.1));
  expectTypeOf(train(net, digits, { loss, optimizer: chained, epochs: 1 })).toEqualTypeOf<
    AsyncGenerator<Report<never>, void, undefined>
  >();
});

test("labels keep their literal types", () => {
  const pets = mlp(2, [dense(2)], { labels: ["cat", "dog"] });
  expectTypeOf(pets).toEqualTypeOf<Network<"cat" | "dog">>();
  expectTypeOf(predict(pets, x)).toEqualTypeOf<Prediction<"cat" | "dog">>();
  expectTypeOf(predict(pets, x).labels).toEqualTypeOf<readonly ("cat" | "dog")[] | undefined>();
  expectTypeOf(predictor(pets)(x).labels?.[0]).toEqualTypeOf<"cat" | "dog" | undefined>();
  const labels = ["cat", "dog"] as const;
  expectTypeOf(predict(mlp(2, [dense(2)], { labels }), x)).toEqualTypeOf<
    Prediction<"cat" | "dog">
  >();
  train(pets, digits, { loss, optimizer, epochs: 1 });
  expectTypeOf(load(save(pets)).net).toEqualTypeOf<Network>();
});

test("metadata are JSON", () => {
  save(net, { metadata: { epochs: 3, history: [{ loss: 0.1 }], note: null } });
  // @ts-expect-error a function is not
  save(net, { metadata: { draw: () => 1 } });
  // @ts-expect-error undefined is not
  save(net, { metadata: { note: undefined } });
});
