import type { State, UnitCommit } from '../ports.js';

/** Most units of one transaction. */
const maxGroup = 64;

type Step =
  | { kind: 'commit'; make: () => UnitCommit | undefined; settle: Settle }
  | { kind: 'work'; work: () => Promise<void>; settle: Settle };
interface Settle {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Commits in order, one transaction at a time; what waits meanwhile is one group. A cursor must not be overwritten by an
 * older one, so each commit is made when its turn comes. After a failure nothing is saved any more.
 */
export class CommitQueue {
  readonly #state: Pick<State, 'commit'>;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting: Step[] = [];
  #working: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;
  #closed = false;

  constructor(state: Pick<State, 'commit'>, onFailure: (error: unknown) => void) {
    this.#state = state;
    this.#onFailure = onFailure;
  }

  /** Resolves once it is durable. `make` is called when its turn comes; undefined is nothing to commit. */
  commit(make: () => UnitCommit | undefined): Promise<void> {
    return this.#add((settle) => ({ kind: 'commit', make, settle }));
  }

  /** Something that must be durable before any later commit. */
  before(work: () => Promise<void>): Promise<void> {
    return this.#add((settle) => ({ kind: 'work', work, settle }));
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** From here on nothing is saved: the state is another's. */
  close(): void {
    this.#closed = true;
  }

  #add(step: (settle: Settle) => Step): Promise<void> {
    const done = new Promise<void>((resolve, reject) => this.#waiting.push(step({ resolve, reject })));
    this.#working ??= this.#work();
    return done;
  }

  async #work(): Promise<void> {
    // What is added in the same moment belongs to the same group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        if (this.#failure) throw this.#failure.error;
        if (this.#closed) throw new Error('The run is over.');
        await this.#run(group);
        for (const { settle } of group) settle.resolve();
      } catch (error) {
        if (!this.#failure && !this.#closed) {
          this.#failure = { error };
          this.#onFailure(error);
        }
        for (const { settle } of group) settle.reject(error);
      }
    }
    // In the same turn as the last look: what is added from here on starts it again.
    this.#working = undefined;
  }

  #takeGroup(): Step[] {
    const end = this.#waiting.findIndex(({ kind }) => kind === 'work');
    if (end === 0) return this.#waiting.splice(0, 1);
    return this.#waiting.splice(0, Math.min(maxGroup, end < 0 ? maxGroup : end));
  }

  async #run(group: readonly Step[]): Promise<void> {
    const units: UnitCommit[] = [];
    for (const step of group) {
      if (step.kind === 'work') await step.work();
      else units.push(...[step.make()].filter((unit) => unit !== undefined));
    }
    if (units.length > 0) await this.#state.commit(units);
  }
}
