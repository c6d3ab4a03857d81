/** One defect that was repaired, put back: the simulation has to find it. */
interface Mutation {
  name: string;
  /** File below `packages`. */
  file: string;
  find: string;
  replace: string;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'cursor not saved',
    file: 'audit-pipeline/src/run/pipeline-run.ts',
    find: 'const delta = this.#source.checkpoint?.();',
    replace: 'const delta = undefined as ReturnType<NonNullable<SourceRun<U, R>["checkpoint"]>>;',
  },
  {
    name: 'type starvation',
    file: 'audit-pipeline/src/sources/discover-content.ts',
    find: 'if (abortSignal?.aborted || !ApiError.isInstance(error)) throw error;',
    replace: 'throw error;',
  },
  {
    name: 'late blob',
    file: 'o365-activity-client/src/feed/feed-options.ts',
    find: 'lateContent = {},',
    replace: 'lateContent = false,',
  },
  {
    name: 'broken rule taken for poison',
    file: 'audit-pipeline/src/run/destination-breaker.ts',
    find: 'if (rejected === 0) return true;',
    replace: 'if (rejected >= 0) return true;',
  },
  {
    name: 'in-flight duplicate',
    file: 'audit-pipeline/src/state/dedupe-keys.ts',
    find: 'if (owner) return owner;',
    replace: '',
  },
  {
    name: 'state missing',
    file: 'audit-pipeline/src/state/if-missing.ts',
    find: "if (marked && ifMissing === 'throw')",
    replace: "if (marked && ifMissing === 'throw' && where === '')",
  },
  {
    name: 'commit before the sink has accepted',
    file: 'audit-pipeline/src/run/unit-delivery.ts',
    find: 'if (rejected + unknown + notSent !== 0 || !poison)',
    replace: 'if (rejected + unknown + notSent < 0)',
  },
  {
    name: 'gap not kept',
    file: 'audit-pipeline/src/run/pipeline-run.ts',
    find: 'this.#commits.before(() => this.#options.deadLetters.add({ unit, reason }))',
    replace: 'this.#commits.before(async () => void [unit, reason])',
  },
];
