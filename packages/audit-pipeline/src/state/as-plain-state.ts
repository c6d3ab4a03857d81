import type { State } from '../ports.js';

/** A state whose methods are its own properties, so that `{ ...state, commit }` wraps one of them. */
export function asPlainState(state: State): State {
  return {
    load: () => state.load(),
    identify: (identity) => state.identify(identity),
    commit: (units) => state.commit(units),
    lock: (options) => state.lock(options),
    close: () => state.close(),
  };
}
