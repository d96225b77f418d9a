export type { Idx, IdxArray } from "./idx.ts";
export {
  type ImageExamples,
  type ReadExamplesOptions,
  readExamples,
} from "./read-examples.ts";
export { type ReadIdxOptions, readIdx } from "./read-idx.ts";
export { writeIdx } from "./write-idx.ts";
