export * from './types.js';
export * from './errors.js';
export * from './clouds.js';
export * from './credential.js';
export * from './feed.js';
export { entraCredential } from './entra-credential.js';
export type {
  AssertionOptions,
  CertificateOptions,
  EntraCredentialOptions,
  RefreshTokenOptions,
  EntraCommonOptions,
  SecretOptions,
  SecretSource,
} from './entra-options.js';
export { managedIdentity } from './managed-identity.js';
export type { ManagedIdentityOptions } from './managed-identity.js';
export { systemClock } from './clock.js';
export { createServiceClock } from './service-clock.js';
export type { ServiceClock } from './service-clock.js';
export { bearerAuthorizer, checkCredential } from './bearer.js';
export { untilAborted } from './abort.js';
export { createTokenCache } from './token-cache.js';
export type { TokenCache } from './token-cache.js';
export { retryAfterInMs } from './retry-after.js';
export { createRateLimiter } from './rate-limiter.js';
export type { RateLimiterOptions } from './rate-limiter.js';
export { paged } from './paging.js';
export { parseEnvelope } from './schema.js';
export type { StandardResult, StandardSchema } from './schema.js';
export { validated } from './validated.js';
export type { ValidatedOptions } from './validated.js';
export { createHttp } from './http.js';
export type { AttemptContext, Authorization, Http, HttpCall, HttpReply, HttpSettings } from './http.js';
export type { ErrorDescription, RetryClass } from './attempt.js';
