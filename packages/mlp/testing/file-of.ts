/** A file with such a header and such numbers. */
export function fileOf(
  header: object | string | Uint8Array,
  numbers: Uint8Array = new Uint8Array(),
): Uint8Array {
  const text =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes;
}
