import { createRandom } from '../random.js';
import type { Random } from '../random.js';
import type { McasActivity } from '../../services/mcas/records.js';
import { buildActivity } from './build.js';
import { kinds } from './kinds.js';
import type { Kind } from './kinds.js';
import { someFile } from './library.js';
import { guests, somewhere, staff } from './people.js';

export interface ActivityRequest {
  /** Same seed, same records, byte for byte. */
  seed: string;
  count: number;
  /** First event time, ms since the epoch. */
  from: number;
  /** Last event time, ms since the epoch. */
  to: number;
}

const minute = 60_000;

/**
 * Activities of the seeded tenant in order of event time, made one by one: any number costs the memory of one.
 * `created` follows `timestamp` by 170 to 350 seconds, for one in sixty by hours; about one in thirty shares its
 * millisecond with the one before.
 */
export function* generateActivities(request: ActivityRequest): Generator<McasActivity, void, undefined> {
  const { count, from, to } = request;
  const random = createRandom(request.seed).fork('mcas-activities');
  const people = [...staff(), ...guests()];
  const lots = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  let timestamp = from;
  for (let n = 0; n < count; n++) {
    const sameInstant = n > 0 && random.int(30) === 0;
    if (!sameInstant) timestamp = instant(request, n, random);
    const kind = random.pick(lots);
    const hasFile = kind.appId === 20892 || kind.appId === 15600;
    yield buildActivity({
      kind,
      actor: hasFile ? random.pick(people) : random.pick(people.slice(0, 24)),
      place: somewhere(random),
      ...(hasFile && { file: someFile(kind.appId, random) }),
      timestamp: Math.min(timestamp, to),
      created: Math.min(timestamp, to) + lag(kind, random),
      random,
    });
  }
}

/** The n-th of `count` equal steps between `from` and `to`, somewhere inside it. */
function instant({ count, from, to }: ActivityRequest, n: number, random: Random): number {
  return Math.floor(from + ((to - from) * (n + random.next())) / count);
}

function lag(kind: Kind, random: Random): number {
  // Logons come through their own connector: never hours late.
  if (kind.appId !== 11161 && random.int(40) === 0) return 60 * minute + random.int(19 * 60 * minute);
  return 170_000 + random.int(180_001);
}
