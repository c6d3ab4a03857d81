import type { State } from '../ports.js';

/** The state's lock; undefined where the drain came while another had it. */
export async function lockUnlessDrained(
  state: State,
  {
    abortSignal,
    drainSignal,
  }: { abortSignal?: AbortSignal | undefined; drainSignal?: AbortSignal | undefined },
): Promise<Awaited<ReturnType<State['lock']>> | undefined> {
  const giveUp = [abortSignal, drainSignal].filter((one) => one !== undefined);
  try {
    return await state.lock({ abortSignal: AbortSignal.any(giveUp) });
  } catch (error) {
    if (!drainSignal?.aborted || abortSignal?.aborted) throw error;
    return undefined;
  }
}
