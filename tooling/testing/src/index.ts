export { countAllocations } from "./allocations.ts";
export { type Damage, damaged, damages, type Surroundings } from "./damage.ts";
export { expectAllClose, type Tolerance } from "./expect-all-close.ts";
export { fuzzRuns } from "./fuzz-runs.ts";
export { type GuardBackend, type GuardProducts, type GuardSession, guard } from "./guard.ts";
export { numericGradient } from "./numeric-gradient.ts";
export { watch } from "./watch.ts";
