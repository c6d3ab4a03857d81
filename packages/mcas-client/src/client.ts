import { ArgumentError, checkCredential, checkOptions, resolveCloud, systemClock } from '@repo/client-core';
import type { Cloud, OperationOptions, PagedAsyncIterable, TokenCredential } from '@repo/client-core';
import { mcasClientTable } from './client-options.js';
import type { McasClientOptions } from './client-options.js';
import { getSettingsFromEnv } from './client-from-env.js';
import type { Environment } from './client-from-env.js';
import { createStorage } from './discovery/storage.js';
import { createAuthorizer, isApiToken } from './http/api-token.js';
import type { ApiTokenCredential } from './http/api-token.js';
import { describeError } from './http/describe-error.js';
import { parsePortalUrl } from './http/parse-portal-url.js';
import { sendAny } from './http/send.js';
import { sendPages } from './lists/send-pages.js';
import type { SendPagesQuery } from './lists/send-pages.js';
import type { ListPage } from './lists/list-pages.js';
import type { SendMethod, SendOptions } from './http/send.js';
import { createTransport } from './http/transport.js';
import type { Transport } from './http/transport.js';
import { createActivities } from './resources/activities.js';
import type { Activities } from './resources/activities.js';
import { createAlerts } from './resources/alerts.js';
import type { Alerts } from './resources/alerts.js';
import { createDiscovery } from './resources/discovery.js';
import type { Discovery } from './resources/discovery.js';
import { createEntities } from './resources/entities.js';
import type { Entities } from './resources/entities.js';
import { createFiles } from './resources/files.js';
import type { Files } from './resources/files.js';
import { createIpRanges } from './resources/ip-ranges.js';
import type { IpRanges } from './resources/ip-ranges.js';
import { version } from './version.js';

/** Documented: 30 requests a minute per tenant, shared by all its clients. */
const quotaPerMinute = 30;
/** Pages of 5000 records are slow to make. */
const defaultTimeoutInMs = 120_000;
const defaultScope = '05a65629-4c1b-48c1-a78b-804c4abdd4af/.default';

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
  /** The cloud of the tenant; undefined with a custom host for which no cloud was given. */
  readonly cloud: Cloud | undefined;
  readonly #transport: Transport;

  /**
   * @throws ArgumentError for a URL that is not a portal's, a credential of another cloud, and wrong options.
   */
  constructor(
    url: string,
    credential: ApiTokenCredential | TokenCredential,
    options: McasClientOptions = {},
  ) {
    const given = checkOptions(options, mcasClientTable);
    const portal = parsePortalUrl(url, given.allowCustomHost);
    const cloud = given.cloud ?? portal.cloud;
    this.cloud = cloud === undefined ? undefined : resolveCloud(cloud);
    checkAnyCredential(credential, this.cloud);
    const { clock = systemClock, scope = defaultScope, requestsPerMinute = quotaPerMinute } = given;
    const shared = { ...given, clock, requestsPerMinute: Math.min(requestsPerMinute, quotaPerMinute) };
    const transport = createTransport(portal.endpoint, shared, {
      userAgent: `mcas-client/${version}`,
      authorize: createAuthorizer(credential, scope, clock),
      describeError,
      timeoutInMs: defaultTimeoutInMs,
    });
    this.endpoint = portal.endpoint;
    this.#transport = transport;
    this.activities = createActivities(transport);
    this.alerts = createAlerts(transport);
    const { limiter: _ofTheApi, ...forStorage } = given;
    this.discovery = createDiscovery(transport, createStorage(forStorage));
    this.entities = createEntities(transport);
    this.files = createFiles(transport);
    this.ipRanges = createIpRanges(transport);
  }

  /**
   * A client of `AUDIT_MCAS_URL` with `AUDIT_MCAS_TOKEN`, or with the app registration of `AUDIT_TENANT_ID`,
   * `AUDIT_CLIENT_ID` and `AUDIT_CLIENT_SECRET` in the cloud `AUDIT_CLOUD`. Options win over the environment.
   * @throws ArgumentError naming the variable that is missing.
   */
  static fromEnv(env?: Environment, options?: McasClientOptions): McasClient {
    const settings = getSettingsFromEnv(env, options);
    return new McasClient(settings.url, settings.credential, settings.options);
  }

  /**
   * The service's time: this machine's, corrected where Date headers of two responses agree that it is more than a
   * minute off. Asks the service where no response has confirmed it yet.
   */
  serverTime(options?: OperationOptions): Promise<Date> {
    return this.#transport.serverTime(options);
  }

  /**
   * Pages of any list by `skip` and `limit` that answers with `data` and `hasNext`, for example of an endpoint that is
   * not documented. `query` may hold further fields of the body.
   */
  sendPages<T extends { _id?: unknown } = Record<string, unknown>>(
    path: string,
    query: SendPagesQuery = {},
    options?: OperationOptions,
  ): PagedAsyncIterable<T, ListPage<T>> {
    return sendPages<T>(this.#transport, path, query, options);
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
