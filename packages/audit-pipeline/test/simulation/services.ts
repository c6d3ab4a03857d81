import { day, minute } from './plan.js';
import type { Plan, SimBlob, Span } from './plan.js';
import type { VirtualClock } from './virtual-clock.js';

const pageSize = 20;
export const tenantId = '11111111-2222-3333-4444-555555555555';
export const logsEndpoint = 'https://sim.ingest.monitor.azure.com';
export const ruleId: string = `dcr-${'0'.repeat(32)}`;

const isIn = ({ from, to }: Span, now: number): boolean => from <= now && now < to;

/** The Management Activity API and the Logs Ingestion API of one plan. */
export class SimServices {
  /** Rows the table holds, by record id. */
  readonly table: Map<string, number> = new Map();
  requests = 0;
  /** Rows that were stored, though the client never heard of it: it sends them again by itself. */
  rowsWithoutReply = 0;
  listings = 0;
  readonly #plan: Plan;
  readonly #clock: VirtualClock;
  readonly #blobs: ReadonlyMap<string, SimBlob>;
  /** From here on nothing goes wrong any more. */
  quiet = false;

  constructor(plan: Plan, clock: VirtualClock) {
    this.#plan = plan;
    this.#clock = clock;
    this.#blobs = new Map(plan.blobs.map((blob) => [blob.id, blob]));
  }

  async fetch(request: Request): Promise<Response> {
    this.requests += 1;
    const url = new URL(request.url);
    if (url.origin === logsEndpoint) return this.#ingest(new Uint8Array(await request.arrayBuffer()));
    const reply = this.#activity(url);
    this.#setDate(reply);
    return reply;
  }

  #activity(url: URL): Response {
    if (url.pathname.endsWith('/subscriptions/list')) return json(200, []);
    if (url.pathname.endsWith('/subscriptions/content')) return this.#list(url);
    const blob = this.#blobs.get(url.pathname.split('/').at(-1) ?? '');
    if (!blob) return json(404, { error: { code: 'AF20050', message: 'no such content' } });
    const { unreadable } = blob;
    if (!this.quiet && unreadable && isIn(unreadable, this.#clock.now()))
      return unreadable.html
        ? new Response('<!DOCTYPE html><html></html>', {
            status: unreadable.status,
            headers: { 'content-type': 'text/html' },
          })
        : json(unreadable.status, { error: { code: 'AF50000', message: 'internal' } });
    return json(
      200,
      blob.records.map((Id) => ({
        CreationTime: new Date(blob.created).toISOString().slice(0, 19),
        Id,
        Operation: 'FileAccessed',
        RecordType: 6,
      })),
    );
  }

  #list(url: URL): Response {
    this.listings += 1;
    const now = this.#clock.now();
    const type = url.searchParams.get('contentType') ?? '';
    const refused = this.#plan.typeFaults.find((fault) => fault.type === type && isIn(fault, now));
    if (refused && !this.quiet)
      return json(refused.status, { error: { code: 'AF10001', message: 'not for you' } });
    const from = Date.parse(`${url.searchParams.get('startTime')}Z`.replace('ZZ', 'Z'));
    const to = Date.parse(`${url.searchParams.get('endTime')}Z`.replace('ZZ', 'Z'));
    if (!(to - from <= day) || from < now - 7 * day - minute)
      return json(400, { error: { code: 'AF20055', message: 'outside of the retention' } });
    const found = this.#plan.blobs.filter(
      (blob) =>
        blob.type === type &&
        blob.created >= from &&
        blob.created < to &&
        blob.listedFrom <= now &&
        now < blob.created + 7 * day,
    );
    found.sort((one, two) => one.created - two.created);
    const page = Number(url.searchParams.get('page') ?? 0);
    const reply = json(200, found.slice(page * pageSize, (page + 1) * pageSize).map(listed));
    if (found.length > (page + 1) * pageSize) {
      url.searchParams.set('page', String(page + 1));
      reply.headers.set('NextPageUri', url.href);
    }
    return reply;
  }

  #ingest(body: Uint8Array): Response {
    const now = this.#clock.now();
    const fault = this.quiet ? undefined : this.#plan.sinkFaults.find((one) => isIn(one, now));
    if (fault?.kind === 'unavailable') return json(503, {});
    if (fault?.kind === 'forbidden')
      return json(403, { error: { code: 'OperationFailed', message: 'role missing' } });
    if (fault?.kind === 'refusesRows')
      return json(400, { error: { code: 'InvalidRow', message: 'refused' } });
    const rows = JSON.parse(new TextDecoder().decode(body)) as { RecordId: string }[];
    if (rows.some(({ RecordId }) => RecordId.startsWith('poison')))
      return json(400, { error: { code: 'InvalidRow', message: 'refused' } });
    for (const { RecordId } of rows) this.table.set(RecordId, (this.table.get(RecordId) ?? 0) + 1);
    if (fault?.kind === 'losesReplies') {
      this.rowsWithoutReply += rows.length;
      throw new TypeError('fetch failed');
    }
    return new Response(null, { status: 204 });
  }

  #setDate(reply: Response): void {
    const now = this.#clock.now();
    const fault = this.quiet ? undefined : this.#plan.dateFaults.find((one) => isIn(one, now));
    if (fault?.kind === 'absent') return;
    reply.headers.set('Date', new Date(now + (fault?.byInMs ?? 0)).toUTCString());
  }
}

function listed({ id, type, created }: SimBlob): Record<string, string> {
  return {
    contentType: type,
    contentId: id,
    contentUri: `https://manage.office.com/api/v1.0/${tenantId}/activity/feed/audit/${id}`,
    contentCreated: new Date(created).toISOString(),
    contentExpiration: new Date(created + 7 * day).toISOString(),
  };
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
