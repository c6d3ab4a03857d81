import type { Clock, SeenEntry } from '@repo/client-core';
import { systemClock } from '@repo/client-core';

/** Ids of records that have been delivered, within a window of time and up to a count; and of those in flight. */
export interface DedupeKeys {
  has(id: string): boolean;
  /** When a key added now expires (ms since the epoch). */
  expiry(): number;
  /** These records are committed: from now on they count as delivered. */
  add(entries: readonly SeenEntry[]): void;
  /** The claims of one attempt at a unit. */
  claims(): Claims;
}

/** Records that one attempt at a unit is delivering. */
export interface Claims {
  /**
   * `mine`: to be delivered by this attempt. `delivered`: a duplicate. Else the attempt of another unit that has the
   * same record in flight, to be waited for once this attempt's own rows are accepted.
   */
  take(id: string): 'mine' | 'delivered' | InFlight;
  /** What is claimed so far is accepted: whoever waits drops its copy. The claims stay until `release`. */
  accept(): void;
  /** The attempt is over. Claims that were not accepted are free again. */
  release(): void;
}

/** An attempt of another unit. */
export interface InFlight {
  /** Whether its rows were accepted. Never rejects. */
  readonly accepted: Promise<boolean>;
}

export interface DedupeKeysOptions {
  /** How long an id is remembered, in milliseconds. Default one day. */
  windowInMs?: number | undefined;
  /** How many ids at most; the oldest go first. About 150 bytes of memory each. Default 200,000. */
  maxKeys?: number | undefined;
  clock?: Clock | undefined;
}

/** Dedupe keys in memory; share one among everything that delivers the same source. */
export function createDedupeKeys(
  saved: Iterable<SeenEntry> = [],
  options: DedupeKeysOptions = {},
): DedupeKeys {
  const { windowInMs = 86_400_000, maxKeys = 200_000, clock = systemClock } = options;
  const known = new Map<string, number>();
  const inFlight = new Map<string, Round>();

  function trim(): void {
    const now = clock.now();
    // In the order of adding, which is that of expiry as long as the clock runs forwards.
    for (const [id, expires] of known) {
      if (expires > now && known.size <= maxKeys) return;
      known.delete(id);
    }
  }
  function add(entries: Iterable<SeenEntry>): void {
    for (const { id, expires } of entries) {
      known.delete(id);
      known.set(id, expires);
    }
    trim();
  }
  function has(id: string): boolean {
    const expires = known.get(id);
    return expires !== undefined && expires > clock.now();
  }

  add(saved);
  return {
    has,
    expiry: () => clock.now() + windowInMs,
    add,
    claims: () => createClaims(inFlight, has),
  };
}

/** Between two `accept`: nobody waits for an attempt that itself waits, so that there is no cycle. */
interface Round extends InFlight {
  settle(accepted: boolean): void;
}

function createRound(): Round {
  let settle: (accepted: boolean) => void = () => {};
  const accepted = new Promise<boolean>((resolve) => (settle = resolve));
  return { accepted, settle };
}

function createClaims(inFlight: Map<string, Round>, has: (id: string) => boolean): Claims {
  const rounds = new Set<Round>();
  const ids = new Set<string>();
  let round = createRound();
  rounds.add(round);
  return {
    take(id) {
      if (ids.has(id) || has(id)) return 'delivered';
      const owner = inFlight.get(id);
      if (owner) return owner;
      ids.add(id);
      inFlight.set(id, round);
      return 'mine';
    },
    accept() {
      round.settle(true);
      round = createRound();
      rounds.add(round);
    },
    release() {
      for (const id of ids) if (rounds.has(inFlight.get(id) as Round)) inFlight.delete(id);
      ids.clear();
      round.settle(false);
    },
  };
}
