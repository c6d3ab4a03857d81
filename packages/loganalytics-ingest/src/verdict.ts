import { ApiError, AuthenticationError, ConnectionError, RateLimitError } from '@repo/client-core';
import type { Fate } from './fates.js';

/** A refusal that a smaller part of the batch may escape: not one about stream, rule or headers. */
export function isAboutRows(error: unknown): boolean {
  const code = ApiError.isInstance(error) ? (error.code ?? '') : '';
  return !/^(InvalidStream|NotFound|MissingLogType|InvalidLogType|InvalidApiVersion|MissingApiVersion|InvalidCustomerId|InactiveCustomer|MissingContentType|UnsupportedContentType)$/.test(
    code,
  );
}

export function fateOf(thrown: unknown, abortSignal: AbortSignal | undefined): Fate {
  if (ConnectionError.isInstance(thrown))
    return thrown.code === 'refused' ||
      thrown.code === 'dns' ||
      thrown.code === 'tls' ||
      thrown.code === 'proxy'
      ? 'unsent'
      : 'unknown';
  if (abortSignal?.aborted) return 'unknown';
  if (RateLimitError.isInstance(thrown) || AuthenticationError.isInstance(thrown)) return 'failed';
  return ApiError.isInstance(thrown) && (thrown.status ?? 500) < 500 ? 'failed' : 'unknown';
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'unknown failure';
}
