import { createHash } from 'node:crypto';
import { contentTypes, generateAuditRecords } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { keptValue } from '../../packages/audit-pipeline/test/kept.js';
import type { Dice } from './dice.js';

const tableName = 'AuditRecords_CL';

/** Publishes records and knows each by a hash of its content; takes rows out of the table and compares. */
export function createOracle(emulator: Emulator, dice: Dice) {
  /** Hash of each record that was published, and of each row that arrived with it. */
  const published = new Map<string, { key: string; rows: number }>();
  /** By id, or by hash where there is none: in which blobs it is, and whether it arrived. */
  const wanted = new Map<string, { blobs: string[]; arrived: number }>();
  let blobs = 0;
  let rows = 0;
  let changed = 0;
  let largest = 0;
  let previous: { seed: string; count: number; at: number } | undefined;

  function textsOf(seed: string, count: number, at: number): Iterable<string> {
    return map(generateAuditRecords({ seed, count, from: at - 3_600_000, to: at }), ({ text }) => text);
  }

  /** One blob; at times a repetition of the last one, at times listed only later. */
  function publish(): number {
    blobs += 1;
    const fresh = { seed: `blob ${dice.int(2 ** 30)}`, count: 5 + dice.int(55), at: Date.now() };
    const repeats = previous !== undefined && dice.int(15) === 0;
    const { seed, count, at } = repeats && previous ? previous : fresh;
    previous = { seed, count, at };
    const now = Date.now();
    const created = dice.int(10) === 0 ? now - dice.int(30_000) : now;
    const listedFrom = dice.int(10) === 0 ? now + dice.int(10_000) : now;
    const blob = emulator.state.managementActivity.publish(
      contentTypes[dice.int(contentTypes.length)] ?? 'Audit.General',
      () => textsOf(seed, count, at),
      { created, listedFrom },
    );
    let size = 0;
    for (const text of textsOf(seed, count, at)) {
      size += 1;
      const record = keptValue(text) as { Id?: unknown };
      const hash = hashOf(record);
      const key = typeof record.Id === 'string' ? record.Id : hash;
      published.set(hash, { key, rows: published.get(hash)?.rows ?? 0 });
      const known = wanted.get(key) ?? { blobs: [], arrived: 0 };
      known.blobs.push(blob.contentId);
      wanted.set(key, known);
    }
    largest = Math.max(largest, size);
    return size;
  }

  /** Takes the rows that have arrived, so that memory stays small. */
  function collect(): void {
    const table = emulator.state.logAnalytics.table(tableName);
    for (const { row } of table?.entries.splice(0) ?? []) {
      rows += 1;
      const known = published.get(hashOf(row['Record']));
      if (!known) {
        changed += 1;
        if (changed <= 3) console.error(`not as published: RecordId ${String(row['RecordId'])}`);
        continue;
      }
      known.rows += 1;
      const one = wanted.get(known.key);
      if (one) one.arrived += 1;
    }
  }

  const counts = () => ({ blobs, published: wanted.size, rows });
  return {
    publish,
    collect,
    counts,
    get largest() {
      return largest;
    },
    /** `dead`: ids of the units that the dead letters name. */
    verdict(dead: ReadonlySet<string>) {
      let [lost, duplicates, deadLettered] = [0, 0, 0];
      for (const { blobs: of, arrived } of wanted.values()) {
        if (arrived > 1) duplicates += arrived - 1;
        if (arrived > 0) continue;
        if (of.every((blob) => dead.has(blob))) deadLettered += 1;
        else lost += 1;
      }
      return { ...counts(), deadLettered, lost, changed, duplicates };
    },
  };
}

function hashOf(record: unknown): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64').slice(0, 22);
}

function* map<T, R>(items: Iterable<T>, of: (item: T) => R): Generator<R, void, void> {
  for (const item of items) yield of(item);
}
