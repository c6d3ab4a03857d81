/** The two ways to end a run from outside. */
export interface StopSignals {
  /** Finish the units in flight. */
  readonly drainSignal: AbortSignal;
  /** Stop immediately; uncommitted units are read again on the next run. */
  readonly abortSignal: AbortSignal;
  /** Stops listening, so that the process can end. */
  close(): void;
}

/** Whatever emits signals: `process`. */
export interface SignalEmitter {
  on(name: string, listener: (name: string) => void): unknown;
  off(name: string, listener: (name: string) => void): unknown;
}

/**
 * SIGTERM or SIGINT drains, a second one aborts:
 * `const stop = createStopSignals(); await supervise(pipelines, stop); stop.close();`
 */
export function createStopSignals(
  emitter: SignalEmitter = process,
  names: readonly string[] = ['SIGTERM', 'SIGINT'],
): StopSignals {
  const drain = new AbortController();
  const abort = new AbortController();
  const listener = (name: string): void => {
    if (drain.signal.aborted) abort.abort(new Error(`Stopped by a second ${name}.`));
    else drain.abort(new Error(`Draining after ${name}.`));
  };
  for (const name of names) emitter.on(name, listener);
  return {
    drainSignal: drain.signal,
    abortSignal: abort.signal,
    close() {
      for (const name of names) emitter.off(name, listener);
    },
  };
}
