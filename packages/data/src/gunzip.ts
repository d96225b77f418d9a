/** Whether bytes start as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

const PIECE = 4096; // bytes: deflate packs at most 1032 : 1, and a browser unpacks all of a piece at once

/**
 * Unpacks one gzip member, as far as `maxBytes`.
 *
 * Nothing is allocated by what the file says of itself: it goes in piece by piece, what comes out is
 * kept as it comes, and the first chunk beyond the limit ends the unpacking. Runtimes differ in whether
 * data after the member is an error, so that the length in the last four bytes is compared here.
 *
 * @param caller The public function, for its errors.
 * @param name What the errors call the file.
 * @throws {RangeError} when the file is truncated or corrupt, has trailing data, or passes the limit.
 */
export async function gunzip(
  bytes: Uint8Array,
  { caller, name, maxBytes }: { caller: string; name: string; maxBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  let at = 0;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + PIECE)));
        at += PIECE;
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 }, // no piece before it is asked for
  );
  const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new RangeError(
        `${caller}() expects a whole gzip file, but ${name} does not unpack: it is truncated or corrupt`,
        { cause },
      );
    });
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  if (length > maxBytes) {
    await reader.cancel().catch(() => undefined);
    throw new RangeError(
      `${caller}() expects at most ${maxBytes} bytes, but ${name} unpacks to more: raise maxBytes if you trust the file`,
    );
  }
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  if (stated !== length % 0x1_0000_0000)
    throw new RangeError(
      `${caller}() expects gzip data that ends with its length ${length}, but ${name} ends with ${stated}: it has trailing data`,
    );
  const unpacked = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk, offset);
    offset += chunk.length;
  }
  return unpacked;
}
