/** The two ways a run is ended from outside. */
interface RunSignals {
  /** Finish what is in flight. */
  drainSignal: AbortSignal;
  /** Stop immediately; what is not committed is read again. */
  abortSignal: AbortSignal;
  /** Stops listening, so that the process can end. */
  close(): void;
}

/**
 * The first SIGINT or SIGTERM drains within the deadline, the second stops immediately. Both are safe: what is not
 * committed is read again by the next run.
 */
export function listenForSignals(
  process: NodeJS.EventEmitter,
  drainTimeoutInMs: number,
  note: (line: string) => void,
): RunSignals {
  const drain = new AbortController();
  const abort = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  const onSignal = (name: string): void => {
    if (drain.signal.aborted) return abort.abort(new Error(`Stopped by a second ${name}.`));
    note(`${name}: finishing the units in flight; a second signal stops immediately`);
    drain.abort(new Error(`Draining after ${name}.`));
    deadline = setTimeout(
      () => abort.abort(new Error('The deadline of the drain has passed.')),
      drainTimeoutInMs,
    );
    deadline.unref();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    drainSignal: drain.signal,
    abortSignal: abort.signal,
    close() {
      for (const name of names) process.off(name, onSignal);
      clearTimeout(deadline);
    },
  };
}
