const hourInMs = 3_600_000;

interface RuleErrorEvent {
  ruleId: string;
  error: unknown;
  switchedOff: boolean;
}

/** Counts rules that throw, and tells of each at most once an hour. */
export class RuleFailures {
  readonly counts: Record<string, number> = {};
  readonly #told: Map<string, number> = new Map();
  readonly #listener: ((event: RuleErrorEvent) => void) | undefined;
  readonly #now: () => number;

  constructor(listener: ((event: RuleErrorEvent) => void) | undefined, now: () => number) {
    this.#listener = listener;
    this.#now = now;
  }

  add(ruleId: string, error: unknown, switchedOff: boolean): void {
    this.counts[ruleId] = (this.counts[ruleId] ?? 0) + 1;
    const now = this.#now();
    if (!switchedOff && now - (this.#told.get(ruleId) ?? -Infinity) < hourInMs) return;
    this.#told.set(ruleId, now);
    this.#listener?.({ ruleId, error, switchedOff });
  }
}
