import type { ClientOptions, Cloud, CloudName } from '@repo/client-core';

export interface O365ActivityClientOptions extends ClientOptions {
  /** The cloud of the tenant: its API host, authority and audience. Default `public`. */
  cloud?: CloudName | Cloud;
  /** Base URL of another host, such as a private link or `https://localhost:8443`. The audience stays the cloud's. */
  endpoint?: string;
  /** Where a domain is resolved to its tenant id. Default: the cloud's authority. */
  authority?: string;
  /** GUID of the organization that wrote the collecting program, sent with every request. Default: the tenant. */
  publisherId?: string;
  /** Scope of the token. Default: `{origin of the cloud's API host}/.default`. */
  scope?: string;
  /** Blobs up to this size are read whole inside the retry; longer ones are streamed. Default 16 MiB. */
  maxBufferedBytes?: number;
  /**
   * A listing that is answered AF20022 or AF20023 (no subscription, or a stopped one) starts the subscription and asks
   * again, once. What became available while it was stopped stays lost. Default false: the error says what to do.
   */
  startMissing?: boolean;
  /**
   * Ask for the service's time before the first listing. Without it a clock that is off is put right by the service's
   * first answer (its `Date`). Feeds always ask. Default false.
   */
  correctClockSkew?: boolean;
}
