import { expectTypeOf, test } from "vitest";
import { type Activation, elu, leakyRelu, relu, tanh } from "./index.ts";

test("a factory takes its own options only", () => {
  leakyRelu({ slope: 0.2 });
  // @ts-expect-error: misspelt
  leakyRelu({ slop: 0.2 });
  // @ts-expect-error: elu has an alpha
  elu({ slope: 1 });
  // @ts-expect-error: options are an object
  leakyRelu(0.2);
  // @ts-expect-error: a number is expected
  elu({ alpha: "1" });
});

test("an activation is an object with five fields", () => {
  expectTypeOf(relu).toEqualTypeOf<Activation>();
  const mine: Activation = { ...tanh, name: "mine", g: (a) => a };
  expectTypeOf(mine.g(1)).toBeNumber();
  // @ts-expect-error: the factory is not the activation
  const forgotten: Activation = leakyRelu;
  expectTypeOf(forgotten).toExtend<Activation>();
});
