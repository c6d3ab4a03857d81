import type { Row } from '../../tables.js';
import type { Type } from '../frame.js';
import type { Value } from '../values.js';

/** What a function may know beside its arguments. */
interface CallContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The type the binder found for the call. */
  readonly type: Type;
  readonly row: Row;
}

export type KqlFunction = (args: readonly Value[], context: CallContext) => Value;
