import { PNG } from "pngjs";
import { UserError } from "../user-error.ts";

/** A picture: 8 bits each of red, green, blue and alpha, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const SIGNATURE = "89504e470d0a1a0a";
const HEADER = 33; // signature 8, then the chunk IHDR: length 4, name 4, data 13, checksum 4
const MOST_PIXELS = 40_000_000; // 160 MB of RGBA
const MOST_INTERLACED_BYTES = 1_000_000; // deflate packs at most 1032 : 1, so 1 GB

/**
 * Decodes a PNG of any colour type and depth.
 *
 * What its header promises is checked before anything of that size is allocated. Of an interlaced one
 * the library unpacks all there is, so that the file's own size has to bound it.
 *
 * @param name What errors call the file.
 * @throws {UserError} when it is no PNG, broken, or too large.
 */
export function readPng(bytes: Uint8Array, name: string): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("hex", 0, 8) !== SIGNATURE)
    throw new UserError(`${name} is not a PNG file: convert it to PNG first`);
  if (buffer.length < HEADER || buffer.toString("latin1", 12, 16) !== "IHDR")
    throw new UserError(`${name} is broken: it has no header`);
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  if (width * height > MOST_PIXELS)
    throw new UserError(
      `${name} is too large: it has ${width} x ${height} pixels, and at most ${MOST_PIXELS} are read: scale it down`,
    );
  if (buffer[28] !== 0 && buffer.length > MOST_INTERLACED_BYTES)
    throw new UserError(
      `${name} is too large for an interlaced PNG: save it without interlacing, or scale it down`,
    );
  try {
    const { data } = PNG.sync.read(buffer);
    return { width, height, rgba: data };
  } catch (cause) {
    throw new UserError(`${name} is broken: ${(cause as Error).message}`, { cause });
  }
}
