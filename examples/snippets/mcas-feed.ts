import { readFile, rename, writeFile } from 'node:fs/promises';
import type { McasClient, SeenEntry } from 'mcas-client';

const file = 'mcas-feed.json';
interface Saved {
  cursor?: string;
  seen: SeenEntry[];
}

export async function collect(mcas: McasClient, abortSignal: AbortSignal): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const saved = text === undefined ? { seen: [] } : (JSON.parse(text) as Saved);
  const seen = new Map(saved.seen.map((entry) => [entry.id, entry]));
  const startFrom = Date.now() - 86_400_000;
  for await (const page of mcas.activities.follow({ saved, startFrom, abortSignal })) {
    for (const activity of page.items) console.log(activity._id);
    for (const entry of page.delta.add) seen.set(entry.id, entry);
    for (const id of page.delta.expire) seen.delete(id);
    await writeFile(`${file}.new`, JSON.stringify({ cursor: page.cursor, seen: [...seen.values()] }));
    await rename(`${file}.new`, file);
  }
}
