import type { ErrorDescription } from '@repo/client-core';

const minuteInMs = 60_000;
/** Nothing looks at more of an error response than this. */
const maxTextChars = 16_384;

/** What to do about the refusals that people have met; the texts are the service's. */
const hints: readonly [RegExp, string][] = [
  [
    /invalid token/i,
    'Check the API token: it is case-sensitive, belongs to one tenant, and ends when it or its owner is removed.',
  ],
  [
    /owner of this token is not permitted/i,
    'The user who made the token may not use tokens here, or the host belongs to another cloud: check both.',
  ],
  [
    /insufficient role based permissions/i,
    'The application lacks a role for this call (Investigation.*, Discovery.*, Settings.*). No role covers files: use apiToken() for them.',
  ],
  [/permission denied/i, 'The owner of the token has no right to do this, or has been removed.'],
  [
    /no filter name/i,
    'The service does not know this filter (any more). Use the typed filters of this client, or correct rawFilters.',
  ],
];

/**
 * Reads every form of error body: `{detail}`, lists per field, `{error: true}` with form errors, HTML pages, nothing.
 * A throttled answer that does not say how long waits for the minute of the quota to pass, with jitter, so that
 * several programs do not come back at once.
 */
export function describeError(
  reply: { status: number; headers: Headers; text: string },
  random: () => number = Math.random,
): ErrorDescription {
  const { message, code } = getWords(reply.text, reply.headers.get('content-type') ?? '');
  const hint = hints.find(([pattern]) => message !== undefined && pattern.test(message))?.[1];
  const throttled = reply.status === 429;
  const wait = /available in (\d+(?:\.\d+)?) seconds?/i.exec(message ?? '')?.[1];
  return {
    ...(message && { message }),
    ...(code && { code }),
    ...(hint && { hint }),
    ...(throttled && {
      throttled,
      retryAfterInMs: wait
        ? Math.ceil(Number(wait) * 1000)
        : minuteInMs + Math.ceil(random() * (minuteInMs / 10)),
    }),
  };
}

/** By position, not by pattern: a pattern that looks for both ends tries each beginning again. */
function findTitle(html: string): string | undefined {
  const tag = /<(?:title|h1)[\s>]/i.exec(html);
  if (!tag) return undefined;
  const from = html.indexOf('>', tag.index) + 1;
  const to = html.indexOf('<', from);
  if (from === 0 || to < 0) return undefined;
  return html.slice(from, to).trim().slice(0, 120) || undefined;
}

function getWords(text: string, contentType: string): { message?: string; code?: string } {
  const start = text.slice(0, maxTextChars).trimStart();
  if (start === '') return { message: 'empty answer' };
  if (start.startsWith('<') || /html/i.test(contentType)) {
    const title = findTitle(start);
    return { message: `an HTML page${title ? ` "${title}"` : ''} instead of JSON` };
  }
  let value: unknown;
  try {
    value = JSON.parse(start);
  } catch {
    return { message: 'an answer that is not JSON' };
  }
  if (typeof value !== 'object' || value === null) return {};
  const { detail } = value as { detail?: unknown };
  if (typeof detail === 'string') return { message: detail.slice(0, 500) };
  return fieldErrors(value as Record<string, unknown>);
}

/** Only names of fields and the service's codes and words; values of `errorMessageParams` are the caller's data. */
function fieldErrors(value: Record<string, unknown>): { message?: string; code?: string } {
  const parts: string[] = [];
  let code: string | undefined;
  for (const [field, problems] of Object.entries(value)) {
    for (const problem of Array.isArray(problems) ? (problems as unknown[]) : [problems]) {
      if (typeof problem === 'string') parts.push(`${field}: ${problem}`);
      else if (typeof problem === 'object' && problem !== null) {
        const { error, errorMessageCode } = problem as { error?: unknown; errorMessageCode?: unknown };
        if (typeof errorMessageCode === 'string') code ??= errorMessageCode;
        // With a code the words quote what was sent.
        if (typeof errorMessageCode === 'string') parts.push(field);
        else if (typeof error === 'string') parts.push(`${field}: ${error}`);
      }
    }
  }
  return {
    ...(parts.length && { message: parts.slice(0, 5).join('; ').slice(0, 500) }),
    ...(code && { code }),
  };
}
