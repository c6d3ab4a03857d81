import { testClock } from '@repo/test-kit';
import type { TestClock } from '@repo/test-kit';
import { O365ActivityClient } from '../src/index.js';
import type { ContentBlob, O365ActivityClientOptions } from '../src/index.js';
import { fixedToken, iso, start } from './helpers.js';

const tenant = '0f3c0000-0000-4000-8000-000000000365';
const host = 'https://manage.office.com';
const day = 86_400_000;

/** One blob of the service under test. */
interface OwnBlob {
  type: string;
  id: string;
  created: number;
  /** From when on listings show it. Default: `created`. */
  visible?: number;
  /** The body, or what is answered instead. */
  body: string | (() => Response);
}

export interface OwnService {
  client: O365ActivityClient;
  clock: TestClock;
  blobs: OwnBlob[];
  /** Content types that are refused with 401 AF10001. */
  refused: Set<string>;
  requests: string[];
  /** Listings are answered 503 before this time. */
  outageUntil: number;
  /** Added to the time of the Date header; undefined: no header. */
  dateOffsetInMs: number | undefined;
}

/** A Management Activity API of the test's own making: it knows nothing of the client's or the emulator's code. */
export function createOwnService(options: O365ActivityClientOptions = {}, from: number = start): OwnService {
  const clock = testClock(from);
  const headers = (): Record<string, string> =>
    service.dateOffsetInMs === undefined
      ? {}
      : { date: new Date(clock.now() + service.dateOffsetInMs).toUTCString() };
  const answer = (status: number, body: string, more: Record<string, string> = {}): Response =>
    new Response(body, { status, headers: { ...headers(), ...more } });

  const list = (url: URL): Response => {
    const type = url.searchParams.get('contentType') ?? '';
    if (clock.now() < service.outageUntil) return answer(503, 'busy');
    if (service.refused.has(type))
      return answer(401, '{"error":{"code":"AF10001","message":"The permission set does not include it."}}');
    const [begin, end] = ['startTime', 'endTime'].map((name) => Date.parse(`${url.searchParams.get(name)}Z`));
    const found = service.blobs.filter(
      ({ created, visible = created, type: of }) =>
        of === type && visible <= clock.now() && created >= (begin ?? 0) && created < (end ?? 0),
    );
    return answer(200, JSON.stringify(found.map(toListed)));
  };

  const service: OwnService = {
    clock,
    blobs: [],
    refused: new Set(),
    requests: [],
    outageUntil: -Infinity,
    dateOffsetInMs: 0,
    client: new O365ActivityClient(tenant, fixedToken, {
      clock,
      ...options,
      fetch: async (request) => {
        const url = new URL(request.url);
        service.requests.push(`${url.pathname.split('/feed/')[1] ?? ''}${url.search}`);
        if (url.pathname.endsWith('/subscriptions/list')) return answer(200, '[]');
        if (url.pathname.endsWith('/subscriptions/content')) return list(url);
        const id = decodeURIComponent(url.pathname.split('/audit/')[1] ?? '');
        const blob = service.blobs.find((candidate) => candidate.id === id);
        if (!blob) return answer(404, '<html>not here</html>', { 'content-type': 'text/html' });
        return typeof blob.body === 'string' ? answer(200, blob.body) : blob.body();
      },
    }),
  };
  return service;
}

function toListed({ type, id, created }: OwnBlob): ContentBlob {
  return {
    contentType: type,
    contentId: id,
    contentUri: `${host}/api/v1.0/${tenant}/activity/feed/audit/${id}`,
    contentCreated: iso(created),
    contentExpiration: iso(created + 7 * day),
  };
}

/** The text of a blob with these records. */
export function toBody(...ids: readonly string[]): string {
  return JSON.stringify(ids.map((Id) => ({ Id, RecordType: 1, CreationTime: '2026-05-20T10:00:00' })));
}
