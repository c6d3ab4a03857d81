import { contoso } from '../../contoso.js';
import { createRandom } from '../../random.js';
import { generateAuditRecords } from '../generate.js';
import { makePeople } from '../people.js';
import { Stage } from '../scenarios/stage.js';
import type { GeneratedRecord } from '../shapes.js';
import { countLookAlikes, lookAlikesPerThousandUsers, makeLookAlike } from './look-alikes.js';
import type { LookAlikeName } from './look-alikes.js';

export interface OrdinaryWeekOptions {
  /** Milliseconds since the epoch, inclusive. The week ends seven days later. */
  from: number;
  /** Same seed, same records. Default `contoso`. */
  seed?: string | undefined;
  /** Default 1,000. */
  users?: number | undefined;
  /** Records of everyday work for each user. Default 60. */
  recordsPerUser?: number | undefined;
  tenantId?: string | undefined;
  domain?: string | undefined;
}

/** A record of an ordinary week, and which look-alike it belongs to. */
export interface OrdinaryRecord extends GeneratedRecord {
  readonly lookAlike?: LookAlikeName;
}

const week = 7 * 86_400_000;
const hour = 3_600_000;

/**
 * Streams a week without any attack, in order of `CreationTime` but for repeated records: everyday work, and the look-alikes of
 * `lookAlikesPerThousandUsers` in exactly those numbers.
 */
export function* generateOrdinaryWeek(options: OrdinaryWeekOptions): Generator<OrdinaryRecord> {
  const { from, seed = 'contoso', users = 1000, recordsPerUser = 60 } = options;
  const { tenantId = contoso.tenantId, domain = contoso.domain } = options;
  const to = from + week;
  const cast = makePeople(users);
  const ahead = makeLookAlikes({ from, seed, users, tenantId, domain });
  let next = 0;
  const count = users * recordsPerUser;
  const everyday = generateAuditRecords({ seed: `${seed}/ordinary`, count, from, to, tenantId, domain, cast });
  for (const record of everyday) {
    for (; next < ahead.length && (ahead[next] as OrdinaryRecord).at <= record.at; next++)
      yield ahead[next] as OrdinaryRecord;
    yield record;
  }
  yield* ahead.slice(next);
}

function makeLookAlikes(options: {
  from: number;
  users: number;
  seed: string;
  tenantId: string;
  domain: string;
}): OrdinaryRecord[] {
  const { from, seed, users, tenantId, domain } = options;
  const random = createRandom(`${seed}/look-alikes`);
  const cast = makePeople(users);
  const names = Object.keys(lookAlikesPerThousandUsers) as LookAlikeName[];
  const all = names.flatMap((name) =>
    Array.from({ length: countLookAlikes(name, users) }, (_, i) => {
      // In working hours of the first five days.
      const day = i % 5;
      const at = from + day * 24 * hour + (8 + random.int(8)) * hour + Math.floor(i / 5) * 61_000;
      const stage = new Stage({ at, seed: `${seed}/look-alike/${name}/${i}`, tenantId, domain });
      return makeLookAlike(name, stage, random.pick(cast), random).map((record) => ({
        ...record,
        lookAlike: name,
      }));
    }).flat(),
  );
  return all.toSorted((one, other) => one.at - other.at);
}
