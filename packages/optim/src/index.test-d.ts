import { expectTypeOf, test } from "vitest";
import {
  adam,
  type Chain,
  type ClipByGlobalNormState,
  chain,
  clipByGlobalNorm,
  constant,
  type MomentsState,
  type Optimizer,
  scaleByAdam,
  sgd,
  snapshot,
  warmUp,
} from "./index.ts";

test("optimizers of different states share a list", () => {
  const list: Optimizer<unknown>[] = [sgd({ learningRate: 1 }), adam(), chain(scaleByAdam())];
  expectTypeOf(list).toEqualTypeOf<Optimizer<unknown>[]>();
});

test("chain() knows the states of its transforms", () => {
  const both = chain(clipByGlobalNorm(1), scaleByAdam());
  expectTypeOf(both).toEqualTypeOf<Chain<[ClipByGlobalNormState, MomentsState]>>();
  expectTypeOf(snapshot(adam().init([]))).toEqualTypeOf<MomentsState>();
});

test("misspelt and missing options are errors", () => {
  // @ts-expect-error sgd has no default rate
  sgd({});
  // @ts-expect-error the option is learningRate
  adam({ lr: 0.1 });
  // @ts-expect-error options are an object
  adam(0.1);
  // @ts-expect-error a schedule is a function
  // biome-ignore lint/suspicious/noThenProperty: the option's name; it is no promise
  warmUp({ steps: 1, then: 0.1 });
  // @ts-expect-error a schedule is not a transform
  chain(constant(0.1));
});
