import type { Unit } from '../ports.js';
import type { DeliverOptions, UnitReport } from './deliver-options.js';
import { UnitDelivery } from './unit-delivery.js';

/**
 * One unit: read → dedupe → transform → sink → dead letters → commit. Resolves once it is committed; whatever is
 * thrown, nothing was committed and the unit can be delivered again. Throws DeliveryError when rows are not safe, and
 * when most of them were refused: then it is perhaps not the rows.
 */
export function deliver<U extends Unit, R, Row>(
  unit: U,
  options: DeliverOptions<U, R, Row>,
): Promise<UnitReport> {
  return new UnitDelivery(unit, options).run();
}
