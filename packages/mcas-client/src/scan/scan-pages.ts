import { ApiError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions, RetryEvent } from '@repo/client-core';
import { canonical } from '../filters/fingerprint.js';
import type { RawFilters } from '../filters/operators.js';
import type { Activity } from '../models/activity.js';
import type { Transport } from '../http/transport.js';
import { readEnvelope } from '../http/read-envelope.js';
import type { Envelope } from '../http/read-envelope.js';
import { maxScanLimit, minScanLimit } from './scan-query.js';
import type { CheckedScan, ScanPage } from './scan-query.js';
import { createSeen } from './seen.js';
import { readScanToken, writeScanToken } from './scan-token.js';

const operation = 'activities.scan';
/** Cursors that are remembered, so that a service going in circles is noticed. */
const rememberedCursors = 64;

/** Thrown into a call whose page takes too long, to ask for less. Never leaves this file. */
class TooSlow extends Error {}

/** The pages of one scan, from its start (filters with a fixed window) or from a token. */
export async function* scanPages(
  transport: Transport,
  scan: CheckedScan,
  start: RawFilters | { token: string },
  options: OperationOptions,
): AsyncGenerator<ScanPage, void, undefined> {
  const resumed = typeof start['token'] === 'string' ? readScanToken(scan, start['token']) : undefined;
  let filters = resumed?.filters ?? (start as RawFilters);
  const seen = createSeen(scan.sortField, resumed?.seen);
  const cursors = [canonical(filters)];
  let usual = scan.limit;
  let raised = resumed?.raised ?? false;
  let lastIds = '';

  for (let number = 1; ; number++) {
    const limit = raised ? maxScanLimit : usual;
    let page: Envelope<Activity>;
    try {
      page = await ask(limit, number);
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      usual = Math.max(minScanLimit, Math.floor(limit / 2));
      continue;
    }
    const { data, hasNext, total, nextQueryFilters: next } = page;
    if (hasNext && !next) throw broken('says that more follows but gives no cursor (nextQueryFilters)');
    const ids = canonical(data.map((record) => (record as Activity | null)?._id ?? null));
    const fresh = seen.fresh(data);
    const result = {
      items: fresh,
      duplicates: data.length - fresh.length,
      ...(total !== undefined && { total }),
    };
    if (!hasNext || !next) {
      yield result;
      return;
    }
    const cursor = canonical(next);
    if (cursor === cursors.at(-1)) {
      if (limit === maxScanLimit)
        throw broken(
          'does not move its cursor: more than 5000 records seem to share one millisecond. Narrow the filters, for example by service',
        );
      // The same place once more, with a page that may hold the whole millisecond.
      raised = true;
      lastIds = '';
    } else {
      if (cursors.includes(cursor)) throw broken('goes in circles: it gives a cursor that it gave before');
      if (data.length > 0 && ids === lastIds)
        throw broken('repeats the last page under another cursor; it seems to ignore what it is asked');
      raised = false;
      if (data.length > 0) lastIds = ids;
      cursors.push(cursor);
      if (cursors.length > rememberedCursors) cursors.shift();
      seen.moved();
    }
    filters = next;
    yield { ...result, continuationToken: writeScanToken(scan, filters, seen.packed(), raised) };
  }

  function ask(limit: number, number: number): Promise<Envelope<Activity>> {
    const requestId =
      options.requestId && (number === 1 ? options.requestId : `${options.requestId}.${number}`);
    return transport.send<Envelope<Activity>>(
      {
        operation,
        method: 'POST',
        path: '/api/v1/activities/',
        // Only the filters come back in nextQueryFilters: everything else is said again on every page.
        body: {
          filters,
          isScan: true,
          sortField: scan.sortField,
          sortDirection: scan.sortDirection,
          limit,
        },
        idempotent: true,
        parse: (reply) => readEnvelope(reply, operation),
        ...(!raised && limit > minScanLimit && { onRetry: lessWhenSlow }),
      },
      { ...options, ...(requestId && { requestId }) },
    );
  }
}

/** A page that the service cannot make in time is asked for again with fewer records instead. */
function lessWhenSlow({ reason }: RetryEvent): Error | undefined {
  return reason === 'timeout' || reason === 504 ? new TooSlow() : undefined;
}

function broken(what: string): ApiError {
  return new ResponseFormatError(
    `${operation}: the service ${what}. The scan stops here, incomplete; go on from the last continuationToken.`,
  );
}
