import type { ErrorDescription } from '@repo/client-core';
import { auditingOffHint, codeMeanings } from './error-codes.js';

const maxMessageChars = 300;

/**
 * Reads an error answer in any of the shapes that have been seen: JSON, single-quoted near-JSON, bare
 * `{ code, message }`, exception text cut into code and message, HTML, nothing.
 */
export function describeError({ text }: { status: number; text: string }): ErrorDescription {
  const parts = parsed(text) ?? singleQuoted(text);
  const code = afCode(parts?.code) ?? afCode(text);
  if (/Tenant\b[^.]{0,80}\bdoes not exist/.test(text) && code === undefined)
    return {
      code: 'AuditingDisabled',
      message: 'Tenant does not exist',
      hint: auditingOffHint,
      retryable: false,
    };
  const message = words(code, parts);
  const meaning = code === undefined ? {} : (codeMeanings[code] ?? {});
  return {
    ...meaning,
    ...(code !== undefined ? { code } : plainCode(parts?.code) && { code: parts?.code }),
    ...(message && { message }),
  };
}

interface Parts {
  code?: string;
  message?: string;
}

function parsed(text: string): Parts | undefined {
  try {
    return partsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function partsOf(value: unknown): Parts | undefined {
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
function singleQuoted(text: string): Parts | undefined {
  const code = /'code'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const message = /'message'\s*:\s*'([^']*)'/.exec(text)?.[1];
  if (code === undefined && message === undefined) return undefined;
  return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
}

function afCode(text: string | undefined): string | undefined {
  return /\bAF\d{3,5}\b/.exec(text ?? '')?.[0];
}

function plainCode(code: string | undefined): boolean {
  return code !== undefined && /^\w{1,64}$/.test(code);
}

/** The service's words: of exception texts the beginning only, without the stack. */
function words(code: string | undefined, parts: Parts | undefined): string | undefined {
  if (!parts) return undefined;
  const { message } = parts;
  const all =
    code === undefined && !plainCode(parts.code) ? [parts.code, message].filter(Boolean).join(': ') : message;
  return all?.split(/\s+at [\w.]+\.|\r?\n/)[0]?.slice(0, maxMessageChars);
}
