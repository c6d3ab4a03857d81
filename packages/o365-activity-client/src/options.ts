import { clientOptionTable, isBoolean, isCloud, isNumber, isText } from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName, OptionTable } from '@repo/client-core';

export interface O365ActivityClientOptions extends ClientOptions {
  /** The cloud of the tenant: its API host, authority and audience. Default `public`. */
  cloud?: CloudName | Cloud | undefined;
  /** Base URL of another host, such as a private link or `https://localhost:8443`. The audience stays the cloud's. */
  endpoint?: string | undefined;
  /** Consent to send the token to an `endpoint` that is neither Microsoft's nor this machine. Default false. */
  allowCustomHost?: boolean | undefined;
  /** Where a domain is resolved to its tenant id. Default: the cloud's authority. */
  authority?: string | undefined;
  /** GUID of the organization that wrote the collecting program, sent with every request. Default: the tenant. */
  publisherId?: string | undefined;
  /** Scope of the token. Default: `{origin of the cloud's API host}/.default`. */
  scope?: string | undefined;
  /** Blobs up to this size are read whole inside the retry; longer ones are streamed. Default 16 MiB. */
  maxBufferedBytes?: number | undefined;
  /**
   * A listing that is answered AF20022 or AF20023 (no subscription, or a stopped one) starts the subscription and asks
   * again, once. What became available while it was stopped stays lost. Default false: the error says what to do.
   */
  startMissing?: boolean | undefined;
  /**
   * Ask for the service's time before the first listing. Without it a clock that is off is put right by the service's
   * first answer (its `Date`). Feeds always ask. Default false.
   */
  correctClockSkew?: boolean | undefined;
}

export const clientOptions: OptionTable<O365ActivityClientOptions> = {
  ...clientOptionTable,
  cloud: isCloud,
  endpoint: isText,
  allowCustomHost: isBoolean,
  authority: isText,
  publisherId: isText,
  scope: isText,
  maxBufferedBytes: isNumber(),
  startMissing: isBoolean,
  correctClockSkew: isBoolean,
};
