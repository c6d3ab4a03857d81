import type { Gap } from '@repo/client-core';
import { readCrowdedMillisecond } from './reader/read-crowded-millisecond.js';
import { ScanReader, toScanError } from './reader/scan-reader.js';
import type { ScanContext, ScanStep } from './reader/scan-reader.js';
import type { ScanPosition } from './scan-position.js';

/** The steps of one scan, past milliseconds that hold more records than a page. */
export async function* scanSteps(
  context: ScanContext,
  start: ScanPosition,
): AsyncGenerator<ScanStep, void, undefined> {
  const reader = new ScanReader(context, start);
  for (;;) {
    const step = await reader.read();
    if (step.crowded === undefined) {
      yield step;
      if (!step.next) return;
      continue;
    }
    const { records, complete } = await readCrowdedMillisecond(
      context,
      reader.position.filters,
      step.crowded,
    );
    if (!complete) nameGap(context, step.crowded, records.length);
    const more = reader.addNew(records);
    const goesOn = reader.skip(step.crowded);
    yield { ...step, items: [...step.items, ...more], next: goesOn ? reader.position : undefined };
    if (!goesOn) return;
  }
}

/** Names what the service does not give, where the caller has said what to do with it. */
function nameGap({ scan }: ScanContext, time: number, found: number): void {
  const from = new Date(time).toISOString();
  if (!scan.onGap)
    throw toScanError(
      `has more than 5000 records in one millisecond (${from}) and does not give them all: narrow the filters, for example by service, or give onGap to go on without them`,
    );
  const reason = `only ${found} of the records of this millisecond of ${scan.sortField} can be read`;
  const gap: Gap = { from, to: new Date(time + 1).toISOString(), reason };
  scan.onGap(gap);
}
