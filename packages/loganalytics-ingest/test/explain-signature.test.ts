import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explainSignature } from '../src/index.js';
import type { SignatureQuestion } from '../src/index.js';

const workspaceId = '1090a0a1-f1c5-4000-8000-00000000c050';
const otherWorkspace = '2090a0a1-f1c5-4000-8000-00000000c051';
// Not a real key.
const sharedKey = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 37 + 130) % 256)).toString(
  'base64',
);
const otherKey = Buffer.alloc(64, 'another one ').toString('base64');
const date = 'Fri, 20 Nov 2026 12:00:00 GMT';
const text = '[{"Message":"Grüße, 世界 🚀","Count":3,"Nested":{"a":[1,2]}}]';
const ascii = '[{"Message":"hello","Count":3}]';
const key = Buffer.from(sharedKey, 'base64');

interface Signing {
  key?: Buffer | string;
  length?: number | string;
  contentType?: string;
  date?: string;
  path?: string;
  method?: string;
  /** The whole string to sign. */
  text?: string | Buffer;
  encoding?: 'base64' | 'hex' | 'base64url';
  digest?: string;
  /** Around the signature. */
  wrap?(signature: string): string;
}

/** A signer with one mistake at most. It shares nothing with the client's own. */
function sign(body: string | Buffer, wrong: Signing = {}): string {
  const { method = 'POST', length = Buffer.byteLength(body), contentType = 'application/json' } = wrong;
  const { path = '/api/logs', encoding = 'base64', digest = 'sha256' } = wrong;
  const signed =
    wrong.text ?? [method, length, contentType, wrong.date ?? `x-ms-date:${date}`, path].join('\n');
  const signature = createHmac(digest, wrong.key ?? key)
    .update(signed)
    .digest(encoding);
  return (wrong.wrap ?? ((made) => `SharedKey ${workspaceId}:${made}`))(signature);
}

const right = (length: number): string => `POST\n${length}\napplication/json\nx-ms-date:${date}\n/api/logs`;
const length = Buffer.byteLength(text);
const utc = (ms: number): string => new Date(Date.parse(date) + ms).toUTCString();

type Wrong = [mistake: string, sent: Partial<SignatureQuestion>, named: RegExp];

/** Each request has one mistake that a document, an issue or a forum tells of. */
const wrong: Wrong[] = [
  ['key not decoded', { authorization: sign(text, { key: sharedKey }) }, /decode it from base64/],
  [
    'key as UTF-16 text',
    { authorization: sign(text, { key: Buffer.from(sharedKey, 'utf16le') }) },
    /decode it from base64/,
  ],
  [
    'key decoded into text',
    { authorization: sign(text, { key: Buffer.from(key.toString('latin1'), 'utf8') }) },
    /keep it as bytes|decoded into text|decoded twice/,
  ],
  ['key cut', { authorization: sign(text, { key: key.subarray(0, 32) }) }, /cut/],
  [
    'key with a line break',
    { authorization: sign(text, { key: Buffer.concat([key, Buffer.from('\n')]) }) },
    /line break/,
  ],
  ['key empty', { authorization: sign(text, { key: '' }) }, /key is empty/],
  [
    'workspace id as key',
    { workspaceId, authorization: sign(text, { key: workspaceId }) },
    /workspace id was used/,
  ],
  ['workspace id in place of the key', { sharedKey: workspaceId }, /that is the workspace id/],
  [
    'key of another workspace',
    { otherKeys: [otherKey], authorization: sign(text, { key: Buffer.from(otherKey, 'base64') }) },
    /Another of the given keys/,
  ],
  ['key that nobody knows', { authorization: sign(text, { key: randomBytes(64) }) }, /another key made it/],
  ['key without padding', { sharedKey: sharedKey.replace(/=+$/, '') }, /not base64/],
  [
    'path with query',
    { authorization: sign(text, { path: '/api/logs?api-version=2016-04-01' }) },
    /path was signed/,
  ],
  ['path without slash', { authorization: sign(text, { path: 'api/logs' }) }, /path was signed/],
  [
    'path as URL',
    {
      workspaceId,
      authorization: sign(text, { path: `https://${workspaceId}.ods.opinsights.azure.com/api/logs` }),
    },
    /path was signed/,
  ],
  ['characters', { authorization: sign(text, { length: text.length }) }, /counts \d+ characters/],
  [
    'code points',
    { authorization: sign(text, { length: Array.from(text).length }) },
    /counts \d+ characters/,
  ],
  [
    'escaped length',
    { authorization: sign(text, { length: text.replace(/[^\x20-\x7e]/g, '\\u0000').length }) },
    /escaped/,
  ],
  ['UTF-16 length', { authorization: sign(text, { length: Buffer.byteLength(text, 'utf16le') }) }, /UTF-16/],
  ['byte order mark', { authorization: sign(text, { length: length + 3 }) }, /byte order mark/],
  [
    'pretty JSON',
    {
      authorization: sign(text, {
        length: Buffer.byteLength(JSON.stringify(JSON.parse(text), undefined, 2)),
      }),
    },
    /written otherwise/,
  ],
  [
    'one object signed, an array sent',
    { authorization: sign(text, { length: length - 2 }) },
    /written otherwise|line break/,
  ],
  ['line break behind the body', { authorization: sign(text, { length: length + 1 }) }, /line break/],
  ['length 0', { authorization: sign(text, { length: 0 }) }, /length is 0/],
  [
    'gzip length',
    { authorization: sign(text, { length: gzipSync(text).byteLength + 41 }) },
    /changed or compressed/,
  ],
  ['gzip body', { body: gzipSync(text), contentEncoding: 'gzip', authorization: sign(text) }, /compressed/],
  [
    'charset in the signed string',
    { authorization: sign(text, { contentType: 'application/json; charset=utf-8' }) },
    /charset/,
  ],
  [
    'charset in the header',
    { contentType: 'application/json; charset=utf-8', authorization: sign(text) },
    /charset/,
  ],
  ['no content type', { authorization: sign(text, { contentType: '' }) }, /content type was signed/],
  [
    'trailing line break',
    { authorization: sign(text, { text: `${right(length)}\n` }) },
    /ends in a line break/,
  ],
  [
    'carriage returns',
    { authorization: sign(text, { text: right(length).replaceAll('\n', '\r\n') }) },
    /single line feed/,
  ],
  [
    'literal \\n',
    { authorization: sign(text, { text: right(length).replaceAll('\n', '\\n') }) },
    /single line feed/,
  ],
  ['other date', { authorization: sign(text, { date: `x-ms-date:${utc(-1000)}` }) }, /another date/],
  [
    'signature an hour old',
    { authorization: sign(text, { date: `x-ms-date:${utc(-3_600_000)}` }) },
    /another date/,
  ],
  ['local time', { authorization: sign(text, { date: `x-ms-date:${utc(5.5 * 3_600_000)}` }) }, /local time/],
  [
    'ISO date signed',
    { authorization: sign(text, { date: 'x-ms-date:2026-11-20T12:00:00.000Z' }) },
    /another format/,
  ],
  ['date and header an hour old', { serverDate: utc(3_600_000), authorization: sign(text) }, /clock differs/],
  [
    'ISO date sent',
    { date: '2026-11-20T12:00:00Z', authorization: sign(text, { date: 'x-ms-date:2026-11-20T12:00:00Z' }) },
    /RFC 1123/,
  ],
  ['X-MS-Date', { authorization: sign(text, { date: `X-MS-Date:${date}` }) }, /lower case/],
  [
    'space behind the colon',
    { authorization: sign(text, { date: `x-ms-date: ${date}` }) },
    /without a space/,
  ],
  ['date alone', { authorization: sign(text, { date }) }, /x-ms-date/],
  ['method in small letters', { authorization: sign(text, { method: 'post' }) }, /method/],
  [
    'missing line',
    { authorization: sign(text, { text: right(length).replace('application/json\n', '') }) },
    /line of the signed string is missing/,
  ],
  ['UTF-16 string', { authorization: sign(text, { text: Buffer.from(right(length), 'utf16le') }) }, /UTF-16/],
  ['hexadecimal', { authorization: sign(text, { encoding: 'hex' }) }, /otherwise than in base64/],
  ['base64url', { authorization: sign(text, { encoding: 'base64url' }) }, /otherwise than in base64/],
  ['line break in the header', { authorization: `${sign(text)}\n` }, /Authorization is not/],
  ['SHA-512', { authorization: sign(text, { digest: 'sha512' }) }, /another function/],
  [
    'no HMAC',
    {
      authorization: `SharedKey ${workspaceId}:${createHash('sha256').update(right(length)).digest('base64')}`,
    },
    /another function/,
  ],
  ['header name in the value', { authorization: `Authorization: ${sign(text)}` }, /Authorization is not/],
  [
    'no workspace id',
    { authorization: sign(text, { wrap: (one) => `SharedKey ${one}` }) },
    /Authorization is not/,
  ],
  [
    'other scheme',
    { authorization: sign(text, { wrap: (one) => `SharedKeyLite ${workspaceId}:${one}` }) },
    /Authorization is not/,
  ],
  [
    'other workspace in the URL',
    {
      url: `https://${otherWorkspace}.ods.opinsights.azure.com/api/logs?api-version=2016-04-01`,
      authorization: sign(text),
    },
    /different workspaces/,
  ],
  ['wrong Content-Length', { contentLength: text.length, authorization: sign(text) }, /Content-Length/],
];

describe('a wrong request', () => {
  it.each(wrong)('is named: %s', (_mistake, sent, named) => {
    const { findings, isSignatureRight } = explainSignature({ sharedKey, body: text, date, ...sent });
    expect(findings.join(' ')).toMatch(named);
    // One mistake, one finding; a header that is not one may hold a wrong signature as well.
    expect(findings.length).toBeLessThanOrEqual(2);
    if (isSignatureRight) expect(findings.join(' ')).not.toMatch(/signed|signature was/);
  });

  it('is shown without the key', () => {
    for (const [, sent] of wrong) {
      const printed = JSON.stringify(explainSignature({ sharedKey, body: text, date, ...sent }));
      expect(printed).not.toContain(sharedKey);
      expect(printed).not.toContain(otherKey);
      expect(printed).not.toContain('Grüße');
    }
  });
});

describe('a right request', () => {
  it('gives no finding, 20,000 times', () => {
    const alphabet = ['a', '"', '\\', 'é', '世', '🚀', '\n', ' ', '\u0000'];
    const start = Date.parse('2026-01-01T00:00:00Z');
    for (let at = 0; at < 20_000; at++) {
      const id = randomUUID();
      const secret = randomBytes(at % 10 === 0 ? 1 + (at % 96) : 64);
      const words = Array.from({ length: at % 12 }, (_, n) => alphabet[(at * 7 + n * 3) % alphabet.length]);
      const body = JSON.stringify([{ at, words: words.join('') }], undefined, at % 3);
      const sentAt = new Date(start + at * 1_234_567).toUTCString();
      const signed = `POST\n${Buffer.byteLength(body)}\napplication/json\nx-ms-date:${sentAt}\n/api/logs`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64');
      const sent: SignatureQuestion = {
        sharedKey: secret.toString('base64'),
        body: at % 2 === 0 ? body : Buffer.from(body),
        date: sentAt,
        contentType: 'application/json',
        authorization: `SharedKey ${id}:${signature}`,
        workspaceId: at % 4 === 0 ? id.toUpperCase() : undefined,
        url: `https://${id}.ods.opinsights.azure.com/api/logs?api-version=2016-04-01`,
        serverDate: new Date(Date.parse(sentAt) + (at % 200) * 1000).toUTCString(),
        contentLength: Buffer.byteLength(body),
        method: 'POST',
      };
      const { findings, isSignatureRight } = explainSignature(sent);
      if (findings.length > 0 || !isSignatureRight) throw new Error(`${at}: ${findings.join(' ')}`);
    }
    expect(explainSignature({ sharedKey, body: ascii, date }).findings).toEqual([]);
    expect(explainSignature({ sharedKey, body: text, date }).findings).toEqual([]);
  });
});
