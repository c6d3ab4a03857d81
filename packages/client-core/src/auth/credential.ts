import type { Cloud } from '../clouds.js';

/** A token and when it ends. Structural: what `@azure/identity` gives fits. */
export interface AccessToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresOnTimestamp: number;
  /** Milliseconds since the epoch; from here on a fresh one is fetched in the background. */
  refreshAfterTimestamp?: number;
}

export interface GetTokenOptions {
  abortSignal?: AbortSignal;
  /** True after the service refused the last token: a cached one must not be handed out again. */
  forceRefresh?: boolean;
}

/** Gives tokens for scopes. Structural: any `@azure/identity` credential fits. */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
}

/** A credential that knows its cloud: a client built for another cloud refuses it at construction. */
export interface CloudCredential extends TokenCredential {
  readonly cloud: Cloud;
  /** The application's id, where there is one; put on events of changes. */
  readonly clientId?: string;
}
