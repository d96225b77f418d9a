export { expectAllClose, type Tolerance } from "./expect-all-close.ts";
export { numericGradient } from "./numeric-gradient.ts";
