import { contoso, createEmulator } from 'audit-emulator';
import { migrationPlan } from 'loganalytics-ingest/tables';
import { describe, expect, it } from 'vitest';
import { explain, mistakes } from '../lib/ingest-403.js';
import { isLocal } from '../lib/ingest-local.js';
import { describePlan, pairs } from '../lib/ingest-migration.js';

const { workspaceId, sharedKey } = contoso;

describe('explain-403', () => {
  const telling: Readonly<Record<string, [number, RegExp]>> = {
    'nothing is wrong': [200, /signature is right.*After a 403/],
    'length in characters': [403, /counts 28 characters, the body has 36 bytes/],
    'charset in Content-Type': [403, /with a charset/],
    'clock an hour behind': [403, /differs from the server's by 3600 s/],
    'header name in the value': [403, /Authorization is not/],
    'key of another workspace': [403, /signature is right.*key of this workspace/],
  };

  it('makes each mistake as the service answers it, explains it, and never shows a key', async () => {
    const emulator = createEmulator({ clock: 'virtual' });
    const now = emulator.clock.now();
    const all = await mistakes(workspaceId, sharedKey, now);
    expect(all.map((one) => one.name)).toEqual(Object.keys(telling));
    for (const one of all) {
      const { name, body, date, contentType, authorization } = one;
      const reply = await emulator.fetch(
        new Request(`https://${workspaceId}.ods.opinsights.azure.com/api/logs?api-version=2016-04-01`, {
          method: 'POST',
          body: new TextEncoder().encode(body),
          headers: { 'content-type': contentType, 'log-type': 'T', 'x-ms-date': date, authorization },
        }),
      );
      const text = explain(workspaceId, { ...one, serverDate: new Date(now).toUTCString() }).join('\n');
      const [status, words] = telling[name] ?? [0, /never/];
      expect([name, reply.status]).toEqual([name, status]);
      expect(text).toMatch(words);
      expect(text).not.toContain(one.sharedKey);
      expect(text.includes('36 bytes, 28 characters')).toBe(true);
    }
  });

  it('explains with less, too', async () => {
    const lines = explain(workspaceId, { sharedKey: 'no key', body: '[]', date: 'today' });
    expect(lines.join('\n')).toMatch(/not base64[\s\S]*RFC 1123/);
  });
});

describe('migrate-classic-table', () => {
  const schema = {
    name: 'Old_CL',
    tableSubType: 'Classic',
    columns: ['Count_d', 'Count_s', 'Message_s'].map((name) => ({ name, type: 'string' })),
  };

  it('says what would be done, and what has drifted', () => {
    const text = describePlan(migrationPlan({ schema })).join('\n');
    expect(text).toContain('POST tables/Old_CL/migrate');
    expect(text).toContain('Count has changed its type: Count_d, Count_s');
    const done = { schema: { ...schema, tableSubType: 'DataCollectionRuleBased' } };
    expect(describePlan(migrationPlan(done)).join('\n')).not.toContain('POST');
  });

  it('reads --keep', () => {
    expect(pairs(['Count=Count_d'])).toEqual({ Count: 'Count_d' });
    expect(() => pairs(['Count'])).toThrow(/--keep Count/);
  });
});

describe('isLocal', () => {
  it.each([
    ['https://localhost:4000', true],
    ['https://127.0.0.1:1', true],
    ['https://localhost.contoso.example', false],
    ['https://a.ingest.monitor.azure.com', false],
    ['nonsense', false],
    [undefined, false],
  ])('%s: %s', (address, local) => expect(isLocal(address)).toBe(local));
});
