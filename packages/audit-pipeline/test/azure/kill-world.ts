import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, generateAuditRecords } from 'audit-emulator';
import { keptValue } from '../kept.js';

export interface Verdict {
  records: number;
  missing: number;
  /** Rows whose `Record` is none of those published. */
  changed: number;
  duplicates: number;
}

export interface KillWorld {
  /** What children find the emulator by. */
  env: Record<string, string>;
  /** At the answer to each upload. */
  onUpload(listener: () => void): void;
  verdict(): Verdict;
  close(): Promise<void>;
}

const minute = 60_000;

/** The emulator over TLS, with blobs that are there from the start, and what its table must hold in the end. */
export async function killWorld(units: number, recordsPerUnit: number, readInMs: number): Promise<KillWorld> {
  const emulator = createEmulator({ seed: 'kill', quotaMinuteInMs: 2000 });
  const { managementActivity, logAnalytics } = emulator.state;
  managementActivity.clear();
  const from = Date.now() - 30 * minute;
  /** How often each is published: samples of the documents are in more than one blob. */
  const published = new Map<string, number>();
  for (let unit = 0; unit < units; unit += 1) {
    const plan = { seed: `unit ${unit}`, count: recordsPerUnit, from: from - 60 * minute, to: from };
    const texts = [...generateAuditRecords(plan)].map(({ text }) => text);
    for (const text of texts) count(published, hashOf(keptValue(text)));
    // Older than the clock of any child is wrong.
    managementActivity.publish('Audit.General', texts, {
      created: from + Math.floor((unit / units) * 20 * minute),
    });
  }
  emulator.faults.add({
    service: 'management-activity',
    path: /\/feed\/audit\//,
    times: 'always',
    effect: { kind: 'latency', ms: readInMs },
  });
  const listening = await emulator.listen();
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, listening.caPem);
  return {
    env: { ORIGIN: listening.origin, NODE_EXTRA_CA_CERTS: caFile, START: String(from - minute) },
    onUpload: (listener) =>
      void emulator.onRequest(({ service }) => {
        if (service === 'logs-ingestion') listener();
      }),
    verdict() {
      const arrived = new Map<string, number>();
      for (const { Record } of logAnalytics.rows('AuditRecords_CL')) count(arrived, hashOf(Record));
      const verdict = { records: units * recordsPerUnit, missing: 0, changed: 0, duplicates: 0 };
      for (const [hash, times] of published) {
        const more = (arrived.get(hash) ?? 0) - times;
        verdict[more > 0 ? 'duplicates' : 'missing'] += Math.abs(more);
      }
      for (const [hash, times] of arrived) if (!published.has(hash)) verdict.changed += times;
      return verdict;
    },
    async close() {
      await listening.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const hashOf = (record: unknown): string =>
  createHash('sha256').update(JSON.stringify(record)).digest('base64');

function count(of: Map<string, number>, key: string): void {
  of.set(key, (of.get(key) ?? 0) + 1);
}
