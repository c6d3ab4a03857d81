/** gzip, off this thread where that is possible. */
export async function compress(
  body: Uint8Array<ArrayBuffer>,
  level: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = await import('node:zlib').catch(() => undefined);
  if (!zlib) {
    const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
  return new Promise((resolve, reject) => {
    zlib.gzip(body, { level, memLevel: 9, chunkSize: 256 * 1024 }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
}
