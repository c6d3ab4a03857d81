import { findMistake } from './hypotheses/find-mistake.js';
import { decodeKey, stringToSign } from './shared-key.js';
import { encodeText } from './signing.js';

/** What a 403 can come from, without the key. */
export interface SignatureExplanation {
  stringToSign: string;
  bodyBytes: number;
  /** Another number than `bodyBytes` is what signers that count characters send. */
  bodyCharacters: number;
  date: string;
  /** Server time minus ours in milliseconds, when a `Date` header of an answer is given. */
  clockDifferenceInMs?: number;
  keyCharacters: number;
  /** Undefined when the key is not base64. */
  keyBytes?: number;
  /** Whether `authorization` holds the signature of this key, body and date. Undefined: it was not given. */
  isSignatureRight?: boolean;
  /** What is wrong, in words. Empty: nothing that can be seen offline. */
  findings: string[];
}

export interface SignatureQuestion {
  sharedKey: string;
  /** The body as it was sent. */
  body: string | Uint8Array;
  /** The value of `x-ms-date` as it was sent. */
  date: string;
  /** The `Authorization` header as it was sent: its signature is compared with those that known mistakes make. */
  authorization?: string | undefined;
  /** The workspace the request was meant for. */
  workspaceId?: string | undefined;
  /** Keys of other workspaces, or earlier ones: is the signature made by one of them? */
  otherKeys?: readonly string[] | undefined;
  /** The `Content-Type` header as it was sent. */
  contentType?: string | undefined;
  /** The `Content-Length` header as it was sent. */
  contentLength?: number | string | undefined;
  /** The `Content-Encoding` header as it was sent. */
  contentEncoding?: string | undefined;
  method?: string | undefined;
  /** The URL, or its path and query, as it was sent. */
  url?: string | undefined;
  /** `Date` header of the refused answer. */
  serverDate?: string | undefined;
  /** This clock when the answer came, in milliseconds since the epoch. Default: the time in `date`. */
  now?: number | undefined;
}

const maxClockDifferenceInMs = 5 * 60_000;

/**
 * The offline answer to "why 403": recomputes the signature, and the signatures that known mistakes make. Sends nothing;
 * says nothing of the key but its lengths. With a signature that fits no mistake it takes a few tenths of a second.
 */
export function explainSignature(question: SignatureQuestion): SignatureExplanation {
  const { sharedKey, body, date, serverDate, now = Date.parse(date) } = question;
  const bytes = typeof body === 'string' ? encodeText(body) : body;
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const difference = (serverDate === undefined ? NaN : Date.parse(serverDate)) - now;
  const key = decodeQuietly(sharedKey);
  const header = parseAuthorization(question.authorization);
  const mistake =
    header.signature === undefined
      ? undefined
      : findMistake({
          sharedKey,
          key,
          otherKeys: question.otherKeys ?? [],
          workspaceId: question.workspaceId ?? header.workspaceId,
          body: bytes,
          date,
          contentType: question.contentType,
          signature: header.signature,
        });
  const isRight = mistake === '';
  const findings = [
    ...(isRight ? [] : findKeyFaults(sharedKey, key)),
    ...findHeaderFaults(question, header.fault),
    ...findRequestFaults(question, bytes),
    ...(mistake ? [mistake] : []),
    ...findWorkspaceFaults(question, header.workspaceId),
    ...(Math.abs(difference) > maxClockDifferenceInMs
      ? [`This clock differs from the server's by ${Math.round(difference / 1000)} s.`]
      : []),
  ];
  if (header.signature !== undefined && mistake === undefined && findings.length === 0)
    findings.push(
      'The signature fits this body and date by no known mistake: another key made it, of another workspace or renewed since, or the body was changed after it was signed.',
    );
  return {
    stringToSign: stringToSign(bytes.byteLength, date),
    bodyBytes: bytes.byteLength,
    bodyCharacters: text.length,
    date,
    ...(!Number.isNaN(difference) && { clockDifferenceInMs: difference }),
    keyCharacters: sharedKey.length,
    ...(key && { keyBytes: key.byteLength }),
    ...(header.signature !== undefined && { isSignatureRight: isRight }),
    findings,
  };
}

function decodeQuietly(sharedKey: string): Uint8Array | undefined {
  try {
    return decodeKey(sharedKey);
  } catch {
    return undefined;
  }
}

interface AuthorizationHeader {
  workspaceId?: string;
  signature?: string;
  fault?: string;
}

/** Takes a header apart as far as it can be, so that the signature in it can be looked at. */
function parseAuthorization(header: string | undefined): AuthorizationHeader {
  if (header === undefined) return {};
  const fault = 'Authorization is not "SharedKey <workspace id>:<signature of 44 base64 characters>".';
  const [, workspaceId, signature] = /^SharedKey ([^:\s]+):([A-Za-z\d+/]{43}=)$/.exec(header) ?? [];
  if (workspaceId !== undefined && signature !== undefined) return { workspaceId, signature };
  const [, id, rest] = /([\w-]+)\s*:\s*([^:]*)$/s.exec(header.replace(/^\s*authorization\s*:/i, '')) ?? [];
  if (id === undefined || rest === undefined) return { fault };
  return { workspaceId: id, signature: rest, fault };
}

function findKeyFaults(sharedKey: string, key: Uint8Array | undefined): string[] {
  const trimmed = sharedKey.trim();
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(trimmed))
    return ['The key is a GUID: that is the workspace id, not its key.'];
  const findings = sharedKey === trimmed ? [] : ['The key has white space around it.'];
  if (!key)
    findings.push(
      `The key is not base64 (${sharedKey.length} characters): copy it whole, with its padding, from the workspace.`,
    );
  else if (key.byteLength !== 64)
    findings.push(`The key has ${key.byteLength} bytes; workspace keys usually have 64.`);
  return findings;
}

function findHeaderFaults({ date, contentType }: SignatureQuestion, fault: string | undefined): string[] {
  const findings: string[] = [];
  const time = new Date(date);
  if (Number.isNaN(time.getTime()) || time.toUTCString() !== date)
    findings.push('x-ms-date is not RFC 1123 in GMT.');
  if (contentType !== undefined && contentType !== 'application/json')
    findings.push('Content-Type must be exactly application/json: with a charset the service answers 403.');
  if (fault !== undefined) findings.push(fault);
  return findings;
}

function findRequestFaults(question: SignatureQuestion, body: Uint8Array): string[] {
  const { contentLength, contentEncoding, method, url } = question;
  const findings: string[] = [];
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (isGzip || (contentEncoding !== undefined && !/^(identity)?$/i.test(contentEncoding.trim())))
    findings.push('The body is compressed: the Data Collector API is not documented to take that.');
  if (contentLength !== undefined && Number(contentLength) !== body.byteLength)
    findings.push(
      `Content-Length is ${String(contentLength).slice(0, 20)}, the body has ${body.byteLength} bytes.`,
    );
  if (method !== undefined && method !== 'POST') findings.push('The method must be POST, in capitals.');
  if (url !== undefined && !/(^|\/)api\/logs(\?|$)/.test(url))
    findings.push('The path must be /api/logs: the signature is over it, and other paths answer 404.');
  return findings;
}

function findWorkspaceFaults({ workspaceId, url }: SignatureQuestion, signed: string | undefined): string[] {
  const [, host] = /^https:\/\/([^./]+)\.ods\./i.exec(url ?? '') ?? [];
  const wanted = workspaceId ?? host;
  const same = (one: string | undefined): boolean =>
    one === undefined || wanted === undefined || one.toLowerCase() === wanted.toLowerCase();
  return same(signed) && same(host)
    ? []
    : ['Authorization, URL and workspace id name different workspaces: the key is of one only.'];
}
