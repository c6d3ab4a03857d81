import type { ErrorDescription } from '@repo/client-core';
import { auditingOffHint, codeMeanings } from './error-codes.js';

const maxMessageChars = 300;
/** Error responses are short; a page of a proxy may be of any length, and is not looked through. */
const maxTextChars = 16 * 1024;

/**
 * Reads an error response in any of the shapes that have been seen: JSON, single-quoted near-JSON, bare
 * `{ code, message }`, exception text split into code and message, HTML, nothing.
 */
export function describeError({ text: whole }: { status: number; text: string }): ErrorDescription {
  const text = whole.slice(0, maxTextChars);
  const parts = parseJson(text) ?? parseSingleQuoted(text);
  const code = findCode(parts?.code) ?? findCode(text);
  if (code === undefined && saysTenantIsMissing(text))
    return {
      code: 'AuditingDisabled',
      message: 'Tenant does not exist',
      hint: auditingOffHint,
      retryable: false,
    };
  const message = getMessage(code, parts);
  const meaning = code === undefined ? {} : (codeMeanings[code] ?? {});
  return {
    ...meaning,
    ...(code !== undefined ? { code } : isPlainCode(parts?.code) && { code: parts?.code }),
    ...(message && { message }),
  };
}

interface Parts {
  code?: string;
  message?: string;
}

function parseJson(text: string): Parts | undefined {
  try {
    return getParts(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function getParts(value: unknown): Parts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { error } = value as { error?: unknown };
  const { code, message } = (typeof error === 'object' && error !== null ? error : value) as Record<
    string,
    unknown
  >;
  if (typeof code !== 'string' && typeof message !== 'string') return undefined;
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
  };
}

/** `{'error':{'code':'AF429','message':'…'}}`, seen on blob reads. */
function parseSingleQuoted(text: string): Parts | undefined {
  const code = /'code'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const message = /'message'\s*:\s*'([^']*)'/.exec(text)?.[1];
  if (code === undefined && message === undefined) return undefined;
  return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
}

function findCode(text: string | undefined): string | undefined {
  return /\bAF\d{3,5}\b/.exec(text ?? '')?.[0];
}

function isPlainCode(code: string | undefined): boolean {
  return code !== undefined && /^\w{1,64}$/.test(code);
}

/** The service's own text: of exception texts the beginning only, without the stack. */
function getMessage(code: string | undefined, parts: Parts | undefined): string | undefined {
  if (!parts) return undefined;
  const { message } = parts;
  const all =
    code === undefined && !isPlainCode(parts.code)
      ? [parts.code, message].filter(Boolean).join(': ')
      : message;
  return all === undefined ? undefined : cutStack(all).slice(0, maxMessageChars);
}

/** The text before its first line end, or before the first ` at Some.Method` of a stack. */
function cutStack(text: string): string {
  const lineEnd = text.search(/[\r\n]/);
  const line = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const stack = line.search(/\sat \w+\./);
  return (stack < 0 ? line : line.slice(0, stack)).trimEnd();
}

/** "Tenant … does not exist" within one sentence. */
function saysTenantIsMissing(text: string): boolean {
  const end = text.indexOf('does not exist');
  const start = end < 0 ? -1 : text.lastIndexOf('Tenant', end);
  return start >= 0 && end - start < 100 && !text.slice(start, end).includes('.');
}
