/** Buffers of bodies that are settled, for those to come: large ones are dear to make. */
export interface BufferPool {
  /** Told by every writer that uses it: the last one that closes lets the buffers go. */
  open(): void;
  close(): void;
  take(): Uint8Array<ArrayBuffer> | undefined;
  give(buffer: Uint8Array<ArrayBuffer>): void;
}

/** Two writers' worth, of a few megabytes each. */
const most = 8;
const mostBytes = 40 * 1024 * 1024;

/** One for all writers of a client: a short upload begins with what the one before has left. */
export function createBufferPool(): BufferPool {
  let buffers: Uint8Array<ArrayBuffer>[] = [];
  let users = 0;
  return {
    open: () => void (users += 1),
    close() {
      users -= 1;
      if (users === 0) buffers = [];
    },
    take: () => buffers.pop(),
    give(buffer) {
      // One huge row must not stay for ever.
      if (users > 0 && buffers.length < most && buffer.byteLength <= mostBytes) buffers.push(buffer);
    },
  };
}
