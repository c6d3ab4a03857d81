/** One request as the emulator saw it: no header, no body, and no query value that could be a secret. */
export interface RequestRecord {
  method: string;
  host: string;
  /** Path and query. */
  path: string;
  /** `none`: no service has that address. */
  service: string;
  /** Of the answer; 0 while there is none, or when the connection was reset. */
  status: number;
  /** When it came, ISO 8601 by the emulator's clock. */
  time: string;
  /** Until the answer was ready, by the emulator's clock. */
  durationInMs: number;
  /** Of the body, as it came over the wire. */
  requestBytes: number;
  /** Of the answer's body, as far as it was read. */
  responseBytes: number;
  /** The faults that struck it. */
  faults: string[];
}

export interface Journal {
  /** Oldest first; the oldest are forgotten beyond the limit. */
  readonly entries: readonly RequestRecord[];
  add(entry: RequestRecord): void;
  /** Tells listeners that an answer is ready. */
  settle(entry: RequestRecord): void;
  /** Returns how to stop listening. */
  listen(listener: (entry: RequestRecord) => void): () => void;
  clear(): void;
}

const secretParameters = ['sig', 'token', 'code', 'key', 'client_secret', 'access_token', 'password'];

/** @param limit Entries kept. Default 10,000. */
export function createJournal(limit: number = 10_000): Journal {
  const entries: RequestRecord[] = [];
  const listeners = new Set<(entry: RequestRecord) => void>();
  return {
    entries,
    add: (entry) => {
      entries.push(entry);
      // In blocks: shifting one at a time would copy the array for every request.
      if (entries.length > limit * 1.1) entries.splice(0, entries.length - limit);
    },
    settle: (entry) => {
      for (const listener of listeners) listener(entry);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => void entries.splice(0),
  };
}

export function journalPath(url: URL): string {
  const shown = new URL(url);
  for (const name of new Set(shown.searchParams.keys())) {
    if (secretParameters.includes(name.toLowerCase())) shown.searchParams.set(name, 'hidden');
  }
  return `${shown.pathname}${url.search === '' ? '' : shown.search}`;
}

/** The same answer, counting its body as it flows. */
export function counted(response: Response, count: (bytes: number) => void): Response {
  const { status, statusText, headers } = response;
  const body = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(body ?? null, { status, statusText, headers });
}
