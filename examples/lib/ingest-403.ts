import { explainSignature, signSharedKey } from 'loganalytics-ingest';
import type { SignatureExplanation } from 'loganalytics-ingest';

/** A request to the Data Collector API as someone sent it. */
export interface Sent {
  sharedKey: string;
  body: string | Uint8Array;
  date: string;
  contentType?: string;
  authorization?: string;
  serverDate?: string;
}

/** A known way to get a 403, made on purpose. */
export interface Mistake extends Sent {
  name: string;
  body: string;
  contentType: string;
  authorization: string;
}

/** The requests that the mistakes of section "403" in docs/loganalytics-ingest.md make. */
export async function mistakes(workspaceId: string, sharedKey: string, now: number): Promise<Mistake[]> {
  const date = new Date(now).toUTCString();
  const body = '[{"Message":"Grüße, 世界 🚀"}]';
  const bytes = new TextEncoder().encode(body).byteLength;
  const contentType = 'application/json';
  const sign = (contentLength: number, key = sharedKey, at = date): Promise<string> =>
    signSharedKey({ workspaceId, sharedKey: key, contentLength, date: at });
  const good = { sharedKey, body, date, contentType, authorization: await sign(bytes) };
  const early = new Date(now - 3_600_000).toUTCString();
  const other = btoa('another key, of another workspace, which opens nothing anywhere!');
  return [
    { ...good, name: 'nothing is wrong' },
    { ...good, name: 'length in characters', authorization: await sign(body.length) },
    { ...good, name: 'charset in Content-Type', contentType: 'application/json; charset=utf-8' },
    {
      ...good,
      name: 'clock an hour behind',
      date: early,
      authorization: await sign(bytes, sharedKey, early),
    },
    { ...good, name: 'header name in the value', authorization: `Authorization: ${good.authorization}` },
    { ...good, name: 'key of another workspace', sharedKey: other, authorization: await sign(bytes, other) },
  ];
}

/** What the explanation says, line by line; the key is not in it. */
export function linesOf(explained: SignatureExplanation): string[] {
  const { stringToSign, bodyBytes, bodyCharacters, clockDifferenceInMs, keyBytes, keyCharacters, findings } =
    explained;
  return [
    `string to sign  ${JSON.stringify(stringToSign)}`,
    `body            ${bodyBytes} bytes, ${bodyCharacters} characters`,
    `key             ${keyCharacters} characters, ${keyBytes === undefined ? 'not base64' : `${keyBytes} bytes`}`,
    ...(clockDifferenceInMs === undefined
      ? []
      : [
          `clock           the server's is ${Math.round(clockDifferenceInMs / 1000)} s ahead of the date that was signed`,
        ]),
    ...(findings.length > 0
      ? findings.map((finding) => `- ${finding}`)
      : [
          'nothing can be seen offline: compare the signature, then the key with the workspace it belongs to',
        ]),
  ];
}

/** The explanation of a request. */
export function explain(workspaceId: string, sent: Sent): string[] {
  const explained = explainSignature({ ...sent, workspaceId });
  if (!explained.isSignatureRight) return linesOf(explained);
  const right =
    explained.findings.length === 0
      ? 'The signature is right for this key. After a 403: is the key of this workspace, or renewed since?'
      : 'The signature is right for this key.';
  return linesOf({ ...explained, findings: [...explained.findings, right] });
}
