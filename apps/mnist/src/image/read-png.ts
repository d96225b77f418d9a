import { PNG } from "pngjs";
import { UserError } from "../user-error.ts";
import { expectWholePng, pngHeader } from "./check-png.ts";

/** A picture: 8 bits each of red, green, blue and alpha, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const SIGNATURE = "89504e470d0a1a0a";
const MOST_PIXELS = 40_000_000; // 160 MB of RGBA

/**
 * Decodes a PNG of any colour type and depth.
 *
 * What its header promises is checked before anything of that size is allocated.
 *
 * @param name What errors call the file.
 * @throws {UserError} when it is no PNG, broken, or too large.
 */
export function readPng(bytes: Uint8Array, name: string): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("hex", 0, 8) !== SIGNATURE)
    throw new UserError(`${name} is not a PNG file: convert it to PNG first`);
  try {
    const header = pngHeader(buffer);
    const { width, height } = header;
    if (width * height > MOST_PIXELS)
      throw new UserError(
        `${name} is too large: it has ${width} x ${height} pixels, and at most ${MOST_PIXELS} are read: scale it down`,
      );
    expectWholePng(buffer, header);
    const { data } = PNG.sync.read(buffer);
    return { width, height, rgba: data };
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${name} is broken: ${(cause as Error).message}`, { cause });
  }
}
