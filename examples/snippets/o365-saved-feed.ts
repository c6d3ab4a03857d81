import { readFile, rename, writeFile } from 'node:fs/promises';
import type { O365ActivityClient, SeenEntry } from 'o365-activity-client';

const file = 'feed.json';
interface Saved {
  cursor?: string;
  seen: SeenEntry[];
}

/** Saves after each blob; `audit-pipeline` does this durably, with dead letters and a lock. */
export async function collect(o365: O365ActivityClient, abortSignal: AbortSignal): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const saved = text === undefined ? { seen: [] } : (JSON.parse(text) as Saved);
  const seen = new Map(saved.seen.map((entry) => [entry.id, entry]));
  for await (const page of o365.records.follow({ saved, startFrom: 'oldest', abortSignal })) {
    for (const record of page.items) console.log(record.Id);
    for (const entry of page.delta.add) seen.set(entry.id, entry);
    for (const id of page.delta.expire) seen.delete(id);
    await writeFile(`${file}.new`, JSON.stringify({ cursor: page.cursor, seen: [...seen.values()] }));
    await rename(`${file}.new`, file);
  }
}
