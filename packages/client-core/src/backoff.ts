export interface BackoffOptions {
  /** The wait after the first failure, in milliseconds. */
  baseInMs: number;
  /** No wait is longer, in milliseconds. */
  maxInMs: number;
  /** The part of each wait that is random, in [0, 1]. Default 0.5: waits between half and the whole. */
  jitter?: number | undefined;
  /** In [0, 1). Default `Math.random`. */
  random?: (() => number) | undefined;
}

/** How long to wait after the `attempt`-th failure (from 1 on), in milliseconds: doubled each time, with jitter. */
export function backoff(attempt: number, options: BackoffOptions): number {
  const { baseInMs, maxInMs, jitter = 0.5, random = Math.random } = options;
  const ceiling = Math.min(baseInMs * 2 ** Math.max(0, attempt - 1), maxInMs);
  return Math.ceil(ceiling * (1 - jitter * (1 - random())));
}
