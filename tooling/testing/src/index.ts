export { countAllocations } from "./allocations.ts";
export { type Damage, damaged, damages, type Surroundings } from "./damage.ts";
export { expectAllClose, type Tolerance } from "./expect-all-close.ts";
export { expectEachKeyOnce } from "./expect-each-key-once.ts";
export { fuzzRuns, fuzzTimeout } from "./fuzz-runs.ts";
export { type GuardBackend, type GuardProducts, type GuardSession, guard } from "./guard.ts";
export { changeJson, type JsonChange, jsonChange, type Raw, raw, write } from "./json-changes.ts";
export { numericGradient } from "./numeric-gradient.ts";
export { watch } from "./watch.ts";
