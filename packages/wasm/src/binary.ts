/** A generated binary as bytes, its memory import shared or not. */
export function binaryOf(hex: string, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  if (!shared) bytes[limitsOfMemory(bytes)] = 1; // a minimum and a maximum, not shared
  return bytes;
}

/** Where the flags of the import "env" "memory" are. */
function limitsOfMemory(bytes: Uint8Array): number {
  const before = [3, ...encode("env"), 6, ...encode("memory"), 2]; // names with their lengths, kind 2: a memory
  const at = bytes.findIndex((_, i) => before.every((byte, j) => bytes[i + j] === byte));
  return at + before.length;
}

const encode = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
