export type { Check } from "./conformance/check.ts";
export { type ConformanceOptions, conformance } from "./conformance/conformance.ts";
export type { Tolerance } from "./conformance/expect-close.ts";
export { type RecordedCall, recordedCalls } from "./conformance/recorded-calls.ts";
