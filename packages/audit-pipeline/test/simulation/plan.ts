import type { ContentType } from 'o365-activity-client';

export const minute = 60_000;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;
/** Where virtual time begins. */
export const epoch: number = Date.UTC(2026, 4, 1);

/** Something that is so from one time to another, ms since the epoch. */
export interface Span {
  from: number;
  to: number;
}

type SinkFault = Span & { kind: 'refusesRows' | 'unavailable' | 'forbidden' | 'losesReplies' };
export type TypeFault = Span & { type: ContentType; status: number };
type DateFault = Span & { kind: 'wrong' | 'absent'; byInMs: number };

export interface SimBlob {
  id: string;
  type: ContentType;
  created: number;
  /** Later than `created` for one that is late. */
  listedFrom: number;
  /** Times at which it cannot be read, though it is listed. */
  unreadable?: (Span & { status: number; html?: boolean }) | undefined;
  records: readonly string[];
}

/** Everything that happens in one seed. */
export interface Plan {
  seed: number;
  end: number;
  types: readonly ContentType[];
  startFrom: 'oldest' | 'now' | Date;
  /** Undefined: a run that follows. */
  intervalInMs: number | undefined;
  concurrency: number;
  blobs: readonly SimBlob[];
  sinkFaults: readonly SinkFault[];
  typeFaults: readonly TypeFault[];
  dateFaults: readonly DateFault[];
  /** The machine's clock is off by so much. */
  skewInMs: number;
  /** Times at which the process dies. */
  crashes: readonly number[];
  /** Times at which an older copy of the state is put in place. */
  restores: readonly number[];
  /** Times at which the state vanishes. */
  losses: readonly number[];
}

type Draw = (below: number) => number;

export interface PlanOptions {
  /** How long after `created` a blob may first be listed. */
  maxLatenessInMs: number;
}

const allTypes: readonly ContentType[] = ['Audit.General', 'Audit.Exchange', 'DLP.All'];

/** The plan of a seed. */
export function createPlan(seed: number, draw: Draw, { maxLatenessInMs }: PlanOptions): Plan {
  const days = 3 + draw(12);
  const end = epoch + days * day;
  const chance = (percent: number): boolean => draw(100) < percent;
  const time = (): number => epoch + draw(days * 24 * 60) * minute;
  const span = (longest: number): Span => {
    const from = time();
    return { from, to: from + 1000 + draw(Math.max(1, Math.floor(longest / 1000))) * 1000 };
  };
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: draw(most + 1) }, make);
  const types = allTypes.slice(0, 1 + draw(allTypes.length));
  const type = (): ContentType => types[draw(types.length)] as ContentType;
  const intervals = [2 * hour, 6 * hour, 12 * hour];
  const sinkKinds = ['refusesRows', 'unavailable', 'forbidden', 'losesReplies'] as const;
  const longest = [4000, hour, day, 3 * day];
  const starts = ['oldest', 'now', new Date(epoch)] as const;
  return {
    seed,
    end,
    types,
    startFrom: starts[draw(starts.length)] ?? 'oldest',
    intervalInMs: chance(60) ? intervals[draw(intervals.length)] : undefined,
    concurrency: 1 + draw(4),
    blobs: createBlobs({ draw, days, types, maxLatenessInMs }),
    sinkFaults: some(2, () => ({
      ...span(longest[draw(longest.length)] ?? hour),
      kind: sinkKinds[draw(sinkKinds.length)] ?? 'unavailable',
    })),
    typeFaults: some(1, () => ({ ...span(4 * day), type: type(), status: [403, 500][draw(2)] ?? 500 })),
    dateFaults: some(1, () => ({
      ...span(20 * minute),
      kind: chance(50) ? ('absent' as const) : ('wrong' as const),
      byInMs: (chance(50) ? 1 : -1) * (1 + draw(5)) * hour,
    })),
    skewInMs: chance(20) ? (draw(2) === 0 ? 1 : -1) * (1 + draw(20)) * minute : 0,
    crashes: some(2, time).toSorted((one, two) => one - two),
    restores: chance(15) ? [time()] : [],
    losses: chance(15) ? [time()] : [],
  };
}

function createBlobs(world: {
  draw: Draw;
  days: number;
  types: readonly ContentType[];
  maxLatenessInMs: number;
}): SimBlob[] {
  const { draw, days, types, maxLatenessInMs } = world;
  const blobs: SimBlob[] = [];
  const records: string[] = [];
  // Some weeks are quiet.
  const count = draw(8) === 0 ? draw(4) : 10 + draw(60);
  for (let n = 0; n < count; n += 1) {
    const created = epoch + draw(days * 24 * 60) * minute + draw(60) * 1000;
    const own = Array.from({ length: 1 + draw(8) }, (_, index) => `r${n}-${index}`);
    // One in six repeats records of another blob; one in forty has a row that no rule takes.
    const repeated = draw(6) === 0 ? records.slice(-3) : [];
    if (draw(40) === 0) own.push(`poison-${n}`);
    records.push(...own.filter((id) => !id.startsWith('poison')));
    const late = draw(5) === 0 ? draw(Math.floor(maxLatenessInMs / minute)) * minute : 0;
    const unreadableFrom = created + draw(120) * minute;
    const states = [undefined, undefined, undefined, undefined, undefined, 500, 404] as const;
    const status = states[draw(states.length)];
    blobs.push({
      id: `b${n}`,
      type: types[draw(types.length)] ?? 'Audit.General',
      created,
      listedFrom: created + late,
      unreadable:
        status === undefined
          ? undefined
          : {
              from: unreadableFrom,
              to: unreadableFrom + (1 + draw(180)) * minute,
              status,
              html: status === 404,
            },
      records: [...own, ...repeated],
    });
  }
  return blobs;
}
