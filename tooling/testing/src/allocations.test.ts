import { expect, test } from "vitest";
import { countAllocations } from "./allocations.ts";

test("countAllocations() counts what is made, and no view of it, until it is stopped", () => {
  const before = [Uint8Array, Uint8Array.prototype.slice, ArrayBuffer];
  const bytes = Uint8Array.of(1, 2, 3);
  const { stop } = countAllocations();
  const buffer = new ArrayBuffer(100);
  const view = new Uint8Array(buffer, 10, 20);
  expect(view.subarray(3) instanceof Uint8Array).toBe(true);
  view.slice(0, 5);
  new Float64Array(10);
  new Float32Array([1, 2]);
  new Uint8Array(bytes);
  buffer.slice(90);
  expect(stop()).toBe(100 + 5 + 80 + 8 + 3 + 10);
  new Uint8Array(1000);
  expect(stop()).toBe(100 + 5 + 80 + 8 + 3 + 10);
  expect([Uint8Array, Uint8Array.prototype.slice, ArrayBuffer]).toEqual(before);
});

test.runIf(globalThis.Buffer)("countAllocations() counts buffers once", () => {
  const { stop } = countAllocations();
  const one = Buffer.alloc(50);
  Buffer.concat([one, Buffer.allocUnsafe(7)]);
  expect(stop()).toBe(50 + 7 + 57);
});
