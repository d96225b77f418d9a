export { expectAllClose, type Tolerance } from "./expect-all-close.ts";
export { type GuardBackend, type GuardProducts, type GuardSession, guard } from "./guard.ts";
export { numericGradient } from "./numeric-gradient.ts";
