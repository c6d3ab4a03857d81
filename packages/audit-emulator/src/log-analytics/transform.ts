import type { World } from '../world.js';
import type { Row } from './tables.js';

/** Rows after a flow's transform; undefined when the transform fails. */
export function transform(
  rows: readonly Row[],
  kql: string | undefined,
  _world: World,
): readonly Row[] | undefined {
  return kql === undefined || kql.trim() === 'source' ? rows : undefined;
}
