/** A generated binary as bytes, its memory import shared or not. */
export function binaryOf(base64: string, shared: boolean): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
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
