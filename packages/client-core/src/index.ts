export * from './types.js';
export * from './errors.js';
export * from './clouds.js';
export * from './auth/credential.js';
export * from './feed/feed.js';
export { entraCredential } from './auth/entra-credential.js';
export type {
  AssertionOptions,
  CertificateOptions,
  EntraCredentialOptions,
  RefreshTokenOptions,
  EntraCommonOptions,
  SecretOptions,
  SecretSource,
} from './auth/entra-options.js';
export { managedIdentity } from './auth/managed-identity.js';
export type { ManagedIdentityOptions } from './auth/managed-identity.js';
export { systemClock } from './clock.js';
export { createServiceClock } from './http/service-clock.js';
export type { ServiceClock } from './http/service-clock.js';
export { bearerAuthorizer, checkCredential } from './auth/bearer.js';
export { untilAborted } from './abort.js';
export { createTokenCache } from './auth/token-cache.js';
export type { TokenCache } from './auth/token-cache.js';
export { retryAfterInMs } from './http/retry-after.js';
export { createRateLimiter } from './http/rate-limiter.js';
export type { RateLimiterOptions } from './http/rate-limiter.js';
export { paged } from './http/paging.js';
export { parseEnvelope } from './http/schema.js';
export type { StandardResult, StandardSchema } from './http/schema.js';
export { validated } from './validated.js';
export type { ValidatedOptions } from './validated.js';
export { createHttp } from './http/http.js';
export type { AttemptContext, Authorization, Http, HttpCall, HttpReply, HttpSettings } from './http/http.js';
export type { ErrorDescription } from './http/attempt.js';
export { parseTime, parseTimeRange } from './time.js';
export type { ParsedTimeRange, TimeInput, TimeRange } from './time.js';
export { backoff } from './backoff.js';
export type { BackoffOptions } from './backoff.js';
export { createFingerprint, hash64, toCanonicalJson } from './fingerprint.js';
export { decodeToken, encodeToken } from './opaque-token.js';
export type { DecodeOptions, TokenBinding } from './opaque-token.js';
export { checkOptions, isOptions } from './options/check-options.js';
export type { OptionTable } from './options/check-options.js';
export * from './options/option-rules.js';
export { clientOptionTable, eventsTable, operationOptionTable } from './options/client-options.js';
export { withDefaults, withoutUndefined } from './options/with-defaults.js';
export type { WithoutUndefined } from './options/with-defaults.js';
export { concatBytes } from './concat-bytes.js';
export { ArraySplitter, JsonArrayError } from './json-bytes/array-splitter.js';
export type { ArraySplitterOptions, ElementCallback } from './json-bytes/array-splitter.js';
export { createFieldScanner } from './json-bytes/field-scanner.js';
export type { FieldPositions, FieldScanner } from './json-bytes/field-scanner.js';
export { listFields } from './json-bytes/list-fields.js';
export type { JsonField } from './json-bytes/list-fields.js';
export { decodeJsonString } from './json-bytes/decode-json-string.js';
export { readLines } from './json-bytes/read-lines.js';
