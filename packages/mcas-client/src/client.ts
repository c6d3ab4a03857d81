import {
  ArgumentError,
  checkCredential,
  createRateLimiter,
  resolveCloud,
  systemClock,
} from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName, TokenCredential } from '@repo/client-core';
import { createActivities } from './resources/activities.js';
import type { Activities } from './resources/activities.js';
import { createAlerts } from './resources/alerts.js';
import type { Alerts } from './resources/alerts.js';
import { authorizer, isApiToken } from './http/api-token.js';
import type { ApiTokenCredential } from './http/api-token.js';
import { describeError } from './http/describe-error.js';
import { createDiscovery } from './resources/discovery.js';
import type { Discovery } from './resources/discovery.js';
import { createStorage } from './discovery/storage.js';
import { createEntities } from './resources/entities.js';
import type { Entities } from './resources/entities.js';
import { createFiles } from './resources/files.js';
import type { Files } from './resources/files.js';
import { createIpRanges } from './resources/ip-ranges.js';
import type { IpRanges } from './resources/ip-ranges.js';
import { parsePortalUrl } from './http/parse-portal-url.js';
import { sendAny } from './http/send.js';
import type { SendMethod, SendOptions } from './http/send.js';
import { createTransport } from './http/transport.js';
import type { Transport } from './http/transport.js';
import { version } from './version.js';

export interface McasClientOptions extends ClientOptions {
  /** Of Microsoft's clouds, the one the tenant lives in. Default: the one that the host belongs to. */
  cloud?: CloudName | Cloud;
  /**
   * Audience of tokens from Entra ID. Default `05a65629-4c1b-48c1-a78b-804c4abdd4af`, the application Microsoft Cloud
   * App Security. No other is documented for government clouds; should there be one, put it here.
   */
  audience?: string;
  /** Accept any host, for example of a proxy or an emulator. The token is sent there. Default false. */
  allowCustomHost?: boolean;
}

/** Documented: 30 requests a minute per tenant, shared by everything that asks. */
const quotaPerMinute = 30;
/** Pages of 5000 records are slow to make. */
const defaultTimeoutInMs = 120_000;
const defaultAudience = '05a65629-4c1b-48c1-a78b-804c4abdd4af';

/**
 * Microsoft Defender for Cloud Apps (Microsoft Cloud App Security). The URL is the one under Settings → Cloud Apps →
 * System → About, in any way it may be written; the credential is `apiToken(…)` or any TokenCredential.
 */
export class McasClient {
  readonly activities: Activities;
  readonly alerts: Alerts;
  readonly discovery: Discovery;
  readonly entities: Entities;
  readonly files: Files;
  readonly ipRanges: IpRanges;
  /** The API's root that calls go to. */
  readonly endpoint: string;
  /** The cloud of the tenant; undefined with a host of one's own of which no cloud was said. */
  readonly cloud: Cloud | undefined;
  readonly #transport: Transport;

  constructor(
    url: string,
    credential: ApiTokenCredential | TokenCredential,
    options: McasClientOptions = {},
  ) {
    const portal = parsePortalUrl(url, options.allowCustomHost);
    const cloud = options.cloud ?? portal.cloud;
    this.cloud = cloud === undefined ? undefined : resolveCloud(cloud);
    checkAnyCredential(credential, this.cloud);
    const { clock = systemClock, requestsPerMinute = quotaPerMinute } = options;
    const scope = `${options.audience ?? defaultAudience}/.default`;
    const transport = createTransport(portal.endpoint, {
      ...options,
      limiter:
        options.limiter ?? createRateLimiter({ limit: Math.min(requestsPerMinute, quotaPerMinute), clock }),
      timeoutInMs: options.timeoutInMs ?? defaultTimeoutInMs,
      userAgent: `mcas-client/${version}`,
      authorize: authorizer(credential, scope, clock),
      describeError,
    });
    this.endpoint = portal.endpoint;
    this.#transport = transport;
    this.activities = createActivities(transport, clock);
    this.alerts = createAlerts(transport, clock);
    const { limiter: _ours, ...forStorage } = options;
    this.discovery = createDiscovery(transport, createStorage(forStorage));
    this.entities = createEntities(transport);
    this.files = createFiles(transport, clock);
    this.ipRanges = createIpRanges(transport);
  }

  /**
   * The service's time, ms since the epoch: this machine's, put right by the last answer's where the two are more than
   * a minute apart.
   */
  serviceTime(): number {
    return this.#transport.now();
  }

  /**
   * Any other call, for example of an endpoint that is not documented: JSON as parsed, other answers as text,
   * undefined for an empty one. `path` begins with a slash and stays on this portal.
   */
  send(method: SendMethod, path: string, body?: unknown, options?: SendOptions): Promise<unknown> {
    return sendAny(this.#transport, method, path, body, options);
  }
}

function checkAnyCredential(
  credential: ApiTokenCredential | TokenCredential,
  cloud: Cloud | undefined,
): void {
  if (typeof credential === 'string')
    throw new ArgumentError('credential', 'is a string', 'Wrap the API token: apiToken(token).');
  if (!isApiToken(credential)) checkCredential(credential, cloud);
}
