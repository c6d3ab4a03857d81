import {
  getCloudFromEnv,
  getCredentialFromEnv,
  getProcessEnvironment,
  getVariable,
  resolveCloud,
} from '@repo/client-core';
import type { Cloud, Environment, OperationOptions, TokenCredential } from '@repo/client-core';
import { createContent, createNotifications } from './resources/content.js';
import type { Content, Notifications } from './resources/content.js';
import type { O365ActivityClientOptions } from './options.js';
import { createRecords } from './resources/records.js';
import type { Records } from './resources/records.js';
import { createResources } from './resources/dlp-types.js';
import type { Resources } from './resources/dlp-types.js';
import { callOptions, createService } from './http/service.js';
import type { Service } from './http/service.js';
import { createSubscriptions } from './resources/subscriptions.js';
import type { Subscriptions } from './resources/subscriptions.js';

/**
 * The Office 365 Management Activity API of one tenant: the audit records of the last seven days, as blobs.
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference
 */
export class O365ActivityClient {
  readonly subscriptions: Subscriptions;
  readonly content: Content;
  readonly records: Records;
  readonly notifications: Notifications;
  readonly resources: Resources;
  /** The cloud of the tenant; undefined with an endpoint of one's own of which no cloud was said. */
  readonly cloud: Cloud | undefined;
  readonly #service: Service;

  /**
   * @param tenantIdOrDomain The tenant's GUID, or a verified domain, which is resolved once.
   * @param credential Any credential that gives tokens for scopes. One that knows its cloud must know this one.
   */
  constructor(
    tenantIdOrDomain: string,
    credential: TokenCredential,
    options: O365ActivityClientOptions = {},
  ) {
    const service = createService(tenantIdOrDomain, credential, options);
    const { cloud, endpoint } = options;
    this.cloud = cloud === undefined && endpoint !== undefined ? undefined : resolveCloud(cloud);
    this.#service = service;
    this.subscriptions = createSubscriptions(service);
    this.content = createContent(service);
    this.records = createRecords(service, this.content);
    this.notifications = createNotifications(service);
    this.resources = createResources(service);
  }

  /**
   * A client for `AUDIT_TENANT_ID` with the credential of `AUDIT_CLIENT_ID` and `AUDIT_CLIENT_SECRET` (or
   * `AUDIT_CLIENT_CERTIFICATE`), in `AUDIT_CLOUD`. Options override the environment.
   * @throws ArgumentError naming the variable that is missing.
   */
  static fromEnv(
    env: Environment = getProcessEnvironment(),
    options: O365ActivityClientOptions = {},
  ): O365ActivityClient {
    const cloud = options.cloud ?? getCloudFromEnv(env);
    const { fetch, clock } = options;
    const credential = getCredentialFromEnv(env, { cloud, fetch, clock });
    const settings = cloud === undefined ? options : { ...options, cloud };
    return new O365ActivityClient(getVariable(env, 'AUDIT_TENANT_ID'), credential, settings);
  }

  /**
   * The service's time: this machine's, corrected by the last response where the two are more than a minute apart. Asks
   * the service when it has not answered anything yet.
   */
  async serverTime(options: OperationOptions = {}): Promise<Date> {
    await this.#service.askTime(callOptions(options), true);
    return new Date(this.#service.now());
  }
}
