/** What a kernel takes in one place: a buffer of floats, of 32-bit integers or of bytes, or a number. */
type Operand = "float" | "int32" | "uint8" | "number";

/** How a definition's arguments become a kernel's. */
export interface Signature {
  /** The kernel's name among the exports. */
  readonly kernel: string;
  readonly operands: readonly Operand[];
  /** Which buffer's length the kernel is told, where the definition reads it off the buffer. */
  readonly lengthOf?: number;
  /** How the operands change from element to element, where threads may share the elements. */
  readonly split?: Split;
}

/** Which operand is the number of elements, and what is added to each operand for each of them. */
export interface Split {
  readonly count: number;
  readonly steps: readonly number[];
  /** Whether each element is computed from those at its place alone, wherever that is. */
  readonly anyOrder: boolean;
}

/** Every buffer of floats has an element for each. */
const splitAt = (count: number, operands: string): Split => ({
  count,
  steps: [...operands.split(" ").map((operand) => (operand === "float" ? 4 : 0)), 0, 0],
  anyOrder: true,
});

const signature = (
  kernel: string,
  operands: string,
  { lengthOf, split }: Pick<Signature, "lengthOf" | "split"> = {},
): Signature => ({
  kernel,
  operands: operands.split(" ") as Operand[],
  ...(lengthOf !== undefined && { lengthOf }),
  ...(split && { split }),
});

/** The number of elements comes last. */
const elementWise = (name: string, operands: string): Signature =>
  signature(name, operands, { split: splitAt(operands.split(" ").length - 1, operands) });

const activation = (name: string): [string, Signature[]] => [
  name,
  [elementWise(name, "float float number")],
];
const derivative = (name: string): [string, Signature[]] => [
  name,
  [elementWise(name, "float float float number")],
];
const loss = (name: string, y: "int32" | "float"): [string, Signature[]] => [
  name,
  [signature(name, `float float float ${y} number number`)],
];
const update = (name: string, operands: string): [string, Signature[]] => [
  name,
  [
    signature(name, operands, {
      lengthOf: 0,
      split: splitAt(operands.split(" ").length, operands),
    }),
  ],
];

/** Every tag that has a kernel, and the arguments for which it has one. */
export const signatures: ReadonlyMap<string, readonly Signature[]> = /* @__PURE__ */ new Map<
  string,
  readonly Signature[]
>([
  activation("linear"),
  activation("sigmoid"),
  activation("tanh"),
  activation("relu"),
  activation("leakyRelu"),
  activation("elu"),
  activation("softplus"),
  derivative("linearDerivative"),
  derivative("sigmoidDerivative"),
  derivative("tanhDerivative"),
  derivative("reluDerivative"),
  derivative("leakyReluDerivative"),
  derivative("eluDerivative"),
  derivative("softplusDerivative"),
  loss("softmaxCrossEntropyOfClasses", "int32"),
  loss("softmaxCrossEntropyOfValues", "float"),
  loss("sigmoidCrossEntropyOfClasses", "int32"),
  loss("sigmoidCrossEntropyOfValues", "float"),
  loss("meanSquaredErrorOfValues", "float"),
  loss("negativeLogLikelihoodOfClasses", "int32"),
  update("sgd", "float float number number"),
  update("sgdMomentum", "float float float number number number"),
  update("sgdNesterov", "float float float number number number"),
  update("adam", "float float float float number number number number number number"),
  update("adamScale", "float float float number number number number number"),
  update("trace", "float float number"),
  update("traceNesterov", "float float number"),
  update("addScaled", "float float number"),
  update("scale", "float number"),
  ["clipToNorm", [signature("clipToNorm", "float float number", { lengthOf: 0 })]],
  update("clear", "float"),
  ["addNorm", [signature("addNorm", "float float", { lengthOf: 1 })]],
  [
    "gatherRows",
    [
      signature("gatherRows", "float float int32 number number float float"),
      signature("gatherRowsOfBytes", "float uint8 int32 number number float float"),
    ],
  ],
  ["sumRows", [signature("sumRows", "float float number number")]],
  ["softmaxRows", [signature("softmaxRows", "float float number number")]],
  [
    "drawMask",
    [
      signature("drawMask", "float number number number number number", {
        split: { count: 1, steps: [4, 0, 0, 0, 0, 1 / 4], anyOrder: false }, // a block is four words
      }),
    ],
  ],
  ["fillWith", [signature("fillWith", "float number number")]],
  ["multiply", [elementWise("multiply", "float float float number")]],
]);
