import {
  ArgumentError,
  bearerAuthorizer,
  checkCredential,
  checkOptions,
  clouds,
  confirmServerTime,
  createHttp,
  createRateLimiter,
  createServerClock,
  resolveCloud,
  systemClock,
} from '@repo/client-core';
import type {
  Clock,
  Cloud,
  HttpCall,
  HttpReply,
  OperationOptions,
  RateLimiter,
  TokenCredential,
} from '@repo/client-core';
import { describeError } from './describe-error.js';
import { clientOptions } from '../options.js';
import type { O365ActivityClientOptions } from '../options.js';
import { tenantResolver } from './tenant-resolver.js';
import { assertOwnOrigin, withPublisher } from './url.js';
import { version } from '../version.js';

/** The documented baseline of the service's quota per tenant. */
const requestsPerMinute = 2000;
/** The service counts requests when they arrive, which is not as regular as when they leave: a second of margin. */
const minuteInMs = 61_000;
const maxBufferedBytes = 16 * 1024 * 1024;
const userAgent = `o365-activity-client/${version}`;

type ServiceCall = Omit<HttpCall, 'url' | 'idempotent'>;

/** What the resource groups share: one way to send, which adds publisher and token and guards the origin. */
export interface Service {
  /** Whether listings start a subscription that is missing. */
  startMissing: boolean;
  readonly clock: Clock;
  readonly maxBufferedBytes: number;
  readonly maxRetries: number;
  /** Deadline of one attempt, and the longest pause within a streamed body. */
  readonly timeoutInMs: number;
  /** Now: this machine's clock, put right by the service's last answer where the two are more than a minute apart. */
  now(): number;
  /** Whether the service has told its time. */
  readonly heardTime: boolean;
  /** Where the service has told no time yet: asks for it, by the cheapest call. By option, unless `always`. */
  askTime(call: OperationOptions, always?: boolean): Promise<void>;
  /** Asks the service for its time, whatever is known of it. */
  refreshTime(call: OperationOptions): Promise<void>;
  /** An operation below the tenant's feed. */
  feed(path: string, parameters: Record<string, string>, call: ServiceCall): Promise<HttpReply>;
  /** An address out of an answer. */
  follow(address: string, call: ServiceCall): Promise<HttpReply>;
}

/** A tenant's OpenID configuration is a few KB. */
const maxDiscoveryBytes = 1024 * 1024;

export function createService(
  tenantIdOrDomain: string,
  credential: TokenCredential,
  given: O365ActivityClientOptions,
): Service {
  const options = checkOptions(given, clientOptions);
  const cloud = resolveCloud(options.cloud);
  checkCredential(credential, cloud);
  const base = parseEndpoint(options.endpoint ?? cloud.activityEndpoint, cloud, options.allowCustomHost);
  const scope = options.scope ?? `${new URL(cloud.activityEndpoint).origin}/.default`;
  const clock = options.clock ?? systemClock;
  const time = createServerClock(clock);
  /** No Date, for example behind a proxy: it is asked once. */
  let askedInVain = false;
  const heardTime = (): boolean => time.isKnown || askedInVain;
  const anonymous = createHttp({
    ...options,
    maxResponseBytes: maxDiscoveryBytes,
    userAgent,
    authorize: async () => ({ headers: {} }),
  });
  const tenant = tenantResolver(tenantIdOrDomain, options.authority ?? cloud.authority, anonymous);
  const http = createHttp({
    ...options,
    userAgent,
    describeError: (answer) => {
      time.learn(answer.headers);
      return describeError(answer);
    },
    limiter: options.limiter ?? createDefaultLimiter(options.requestsPerMinute, clock),
    authorize: bearerAuthorizer(credential, scope, clock),
  });

  async function send(address: string, call: ServiceCall): Promise<HttpReply> {
    const publisher = options.publisherId ?? (await tenant(call.abortSignal));
    // Reading changes nothing, and starting or stopping twice is the same as once.
    const reply = await http.send({ ...call, url: withPublisher(address, publisher), idempotent: true });
    time.learn(reply.headers);
    return reply;
  }

  async function feed(
    path: string,
    parameters: Record<string, string>,
    call: ServiceCall,
  ): Promise<HttpReply> {
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const address = `${base.href}api/v1.0/${await tenant(call.abortSignal)}/activity/feed/${path}`;
    return send(query.length > 0 ? `${address}?${query.join('&')}` : address, call);
  }

  /** The cheapest call there is: its response tells the time. */
  async function probe(call: OperationOptions): Promise<void> {
    await feed('subscriptions/list', {}, { ...call, operation: 'subscriptions.list', method: 'GET' });
  }

  return {
    clock,
    startMissing: options.startMissing ?? false,
    maxBufferedBytes: options.maxBufferedBytes ?? maxBufferedBytes,
    maxRetries: options.retry?.maxRetries ?? 4,
    timeoutInMs: options.timeoutInMs ?? 60_000,
    now: () => time.now(),
    get heardTime() {
      return heardTime();
    },
    async askTime(call, always = false) {
      if (heardTime() || !(always || options.correctClockSkew)) return;
      await confirmServerTime(time, () => probe(call), call.abortSignal);
      askedInVain = !time.isKnown;
    },
    refreshTime: probe,
    feed,
    async follow(address, call) {
      assertOwnOrigin(address, base.origin, call.operation);
      return send(address, call);
    },
  };
}

function createDefaultLimiter(limit = requestsPerMinute, clock: Clock): RateLimiter {
  return createRateLimiter({ limit, windowInMs: minuteInMs, clock });
}

function parseEndpoint(endpoint: string, cloud: Cloud, allowCustomHost = false): URL {
  const path = 'options.endpoint';
  let url: URL;
  try {
    url = new URL(endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  } catch {
    throw new ArgumentError(path, 'is not a URL', 'Give a base URL such as https://manage.office.com.');
  }
  const local = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new ArgumentError(path, 'is not https', 'A token must not travel unencrypted.');
  if (!local && !allowCustomHost && !isKnownHost(url, cloud))
    throw new ArgumentError(
      path,
      `is not a host of Microsoft's (${url.hostname})`,
      'For a host of your own set allowCustomHost: true; the token is sent there.',
    );
  return url;
}

/** A preset's host, or the one of a cloud the caller has described. */
function isKnownHost({ host }: URL, cloud: Cloud): boolean {
  return [...Object.values(clouds), cloud].some(
    ({ activityEndpoint }) => new URL(activityEndpoint).host === host,
  );
}

/** The options of a call that the transport understands. */
export function callOptions(options: OperationOptions): OperationOptions {
  const { abortSignal, timeoutInMs, maxRetries, requestId } = options;
  return { abortSignal, timeoutInMs, maxRetries, requestId };
}
