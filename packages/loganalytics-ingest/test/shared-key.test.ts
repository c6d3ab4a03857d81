import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ArgumentError, explainSignature, signSharedKey } from '../src/index.js';

interface Vector {
  id: string;
  workspaceId: string;
  sharedKey: string;
  body: string | null;
  contentLength: number;
  date: string;
  authorization: string;
}
const { vectors } = JSON.parse(
  readFileSync(new URL('fixtures/signature-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

describe('signSharedKey', () => {
  it.each(vectors)('$id', async ({ workspaceId, sharedKey, contentLength, date, authorization, body }) => {
    expect(await signSharedKey({ workspaceId, sharedKey, contentLength, date })).toBe(authorization);
    if (body !== null) expect(new TextEncoder().encode(body).byteLength).toBe(contentLength);
  });

  it('tolerates white space around the key', async () => {
    const { workspaceId, sharedKey, contentLength, date, authorization } = vectors[0] as Vector;
    expect(await signSharedKey({ workspaceId, sharedKey: ` ${sharedKey}\n`, contentLength, date })).toBe(
      authorization,
    );
  });

  it.each(['', 'secret', 'not base64!', 'YQ='])('refuses %j without showing it', async (sharedKey) => {
    const signing = signSharedKey({ workspaceId: 'w', sharedKey, contentLength: 2, date: 'd' });
    const error = await signing.catch((thrown: unknown) => thrown);
    expect(ArgumentError.isInstance(error)).toBe(true);
    if (sharedKey) expect(String(error)).not.toContain(sharedKey);
  });
});

describe('explainSignature', () => {
  const sharedKey =
    'ZmFrZSBzaGFyZWQga2V5IG9mIGNvbnRvc286IGl0IG9wZW5zIG5vdGhpbmcsIGFueXdoZXJlLCBhdCBhbGwhIQ==';
  const date = 'Fri, 20 Nov 2026 12:00:00 GMT';

  it('finds nothing where nothing is wrong', () => {
    const found = explainSignature({ sharedKey, body: '[{"a":1}]', date });
    expect(found).toMatchObject({ bodyBytes: 9, bodyCharacters: 9, keyBytes: 64, findings: [] });
    expect(found.stringToSign).toBe(`POST\n9\napplication/json\nx-ms-date:${date}\n/api/logs`);
  });

  it('tells bytes from characters, a wrong date and a wrong clock, and never the key', () => {
    const found = explainSignature({
      sharedKey,
      body: '[{"a":"ü"}]',
      date: '2026-11-20T12:00:00Z',
      serverDate: date,
      now: Date.parse(date) - 3_600_000,
    });
    expect(found.findings).toHaveLength(3);
    expect(found.clockDifferenceInMs).toBe(3_600_000);
    expect(JSON.stringify(found)).not.toContain(sharedKey);
  });
});
