import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { captureError } from '@repo/test-kit';
import fc from 'fast-check';
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
  wrong?: Record<string, { length: number; signature: string }>;
}
const { vectors } = JSON.parse(
  readFileSync(new URL('fixtures/signature-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

describe('signSharedKey', () => {
  it.each(vectors)('$id', async ({ workspaceId, sharedKey, contentLength, date, authorization, body }) => {
    expect(await signSharedKey({ workspaceId, sharedKey, contentLength, date })).toBe(authorization);
    if (body !== null) expect(new TextEncoder().encode(body).byteLength).toBe(contentLength);
  });

  it('counts bytes, where others count characters', async () => {
    const [vector] = vectors.filter((one) => one.wrong);
    const { wrong = {}, body, ...request } = vector as Vector;
    const explained = explainSignature({ ...request, body: body ?? '' });
    expect(explained).toMatchObject({ bodyBytes: 36, bodyCharacters: 28 });
    expect(Object.keys(wrong)).toEqual(['codePoints', 'utf16Units']);
    for (const { length, signature } of Object.values(wrong)) {
      // Proof that these are what such signers send, and that ours is another.
      expect(await signSharedKey({ ...request, contentLength: length })).toContain(signature);
      expect(await signSharedKey(request)).not.toContain(signature);
    }
  });

  it('signs any body by its bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const { workspaceId, sharedKey, date } = vectors[0] as Vector;
        const body = new TextEncoder().encode(text);
        const contentLength = body.byteLength;
        const found = explainSignature({ sharedKey, body: text, date });
        const hmac = createHmac('sha256', Buffer.from(sharedKey, 'base64')).update(found.stringToSign);
        expect(found.stringToSign).toContain(`POST\n${contentLength}\n`);
        expect(await signSharedKey({ workspaceId, sharedKey, contentLength, date })).toBe(
          `SharedKey ${workspaceId}:${hmac.digest('base64')}`,
        );
      }),
    ));

  it('tolerates white space around the key', async () => {
    const { workspaceId, sharedKey, contentLength, date, authorization } = vectors[0] as Vector;
    expect(await signSharedKey({ workspaceId, sharedKey: ` ${sharedKey}\n`, contentLength, date })).toBe(
      authorization,
    );
  });

  it.each(['', 'secret', 'not base64!', 'YQ='])('refuses %j without showing it', async (sharedKey) => {
    const signing = signSharedKey({ workspaceId: 'w', sharedKey, contentLength: 2, date: 'd' });
    const error = await captureError(signing);
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

  it('names a wrong date and a wrong clock, and never the key', () => {
    const found = explainSignature({
      sharedKey,
      body: '[{"a":"ü"}]',
      date: '2026-11-20T12:00:00Z',
      serverDate: date,
      now: Date.parse(date) - 3_600_000,
    });
    expect(found.findings).toHaveLength(2);
    expect(found.clockDifferenceInMs).toBe(3_600_000);
    expect(JSON.stringify(found)).not.toContain(sharedKey);
  });

  it.each([
    [{ sharedKey: ` ${sharedKey}` }, /white space/],
    [{ sharedKey: '1090a0a1-f1c5-4000-8000-00000000c050' }, /workspace id/],
    [{ sharedKey: 'YQ==' }, /1 bytes/],
    [{ contentType: 'application/json; charset=utf-8' }, /charset/],
    [{ authorization: 'Authorization: SharedKey w:s' }, /Authorization is not/],
    [{ serverDate: 'Fri, 20 Nov 2026 11:50:00 GMT' }, /-600 s/],
    [{ date: 'yesterday' }, /RFC 1123/],
  ])('finds what is wrong with %o', (wrong, finding) => {
    const { findings } = explainSignature({ sharedKey, body: '[]', date, ...wrong });
    expect(findings.join(' ')).toMatch(finding);
  });

  it('has nothing against headers as the client sends them', async () => {
    const authorization = await signSharedKey({ workspaceId: 'w', sharedKey, contentLength: 2, date });
    const sent = { sharedKey, body: '[]', date, contentType: 'application/json', authorization };
    expect(explainSignature({ ...sent, serverDate: date }).findings).toEqual([]);
  });
});
