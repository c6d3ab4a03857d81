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
export { confirmServerTime, createServerClock } from './service/server-clock.js';
export type { ServerClock } from './service/server-clock.js';
export { createServiceHttp } from './service/service-http.js';
export type { ServiceHttp, ServiceHttpSettings } from './service/service-http.js';
export { bearerAuthorizer, checkCredential } from './auth/bearer.js';
export { untilAborted } from './abort.js';
export { createTokenCache } from './auth/token-cache.js';
export type { TokenCache } from './auth/token-cache.js';
export { parseRetryAfter } from './http/parse-retry-after.js';
export { createRateLimiter } from './service/rate-limiter.js';
export type { RateLimiterOptions } from './service/rate-limiter.js';
export { paged } from './service/paged.js';
export { parseEnvelope } from './service/parse-envelope.js';
export type { StandardResult, StandardSchema } from './service/parse-envelope.js';
export { validated } from './service/validated.js';
export type { ValidatedOptions } from './service/validated.js';
export { createHttp } from './http/create-http.js';
export type {
  AttemptContext,
  Authorization,
  ErrorDescription,
  Http,
  HttpCall,
  HttpSettings,
} from './http/http-types.js';
export type { HttpReply } from './http/reply.js';
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
export { FeedDriver } from './feed/feed-driver.js';
export type { FeedDriverOptions, FeedStep } from './feed/feed-driver.js';
export { createFiniteFeed } from './feed/finite-feed.js';
export type { FiniteFeedOptions } from './feed/finite-feed.js';
export { UnitsDeferredError } from './feed/units-deferred-error.js';
export type { Deferral } from './feed/units-deferred-error.js';
export { LatenessMeter } from './feed/lateness-meter.js';
export type { LatenessHistogram } from './feed/lateness-meter.js';
export { SweepBudget } from './feed/sweep-budget.js';
export { createOldestFirst } from './feed/oldest-first.js';
export type { OldestFirst } from './feed/oldest-first.js';
export {
  getCloudFromEnv,
  getCredentialFromEnv,
  getProcessEnvironment,
  getVariable,
} from './options/environment.js';
export type { Environment } from './options/environment.js';
export { IdLedger } from './feed/id-ledger.js';
export { hash128 } from './feed/hash-128.js';
export { trimSlashes } from './service/trim-slashes.js';
