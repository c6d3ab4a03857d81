import { DetectionEngine } from './detection-engine.js';
import type { Detector, DetectorOptions } from './detector-types.js';
import { getLoaded } from '../load/rule-set.js';
import type { RuleSet } from '../load/rule-set.js';

/** A detector of loaded rules. Alerts are a pure function of the records seen: their order does not matter. */
export function createDetector(rules: RuleSet, options: DetectorOptions = {}): Detector {
  const engine = new DetectionEngine(getLoaded(rules), options);
  return {
    evaluate: (record, context = {}) => engine.evaluate(record, context),
    push: (record, context = {}) => engine.push(record, context),
    flush: () => engine.flush(),
    openUnit: (unitId, context = {}) => engine.openUnit(unitId, context),
    snapshot: () => engine.snapshot(),
    health: () => engine.health(),
  };
}
