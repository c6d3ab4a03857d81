import {
  anyValue,
  checkOptions,
  isBoolean,
  isCallback,
  hasMethods,
  isNumber,
  isOptions,
} from '@repo/client-core';
import type { OptionTable } from '@repo/client-core';
import type { CorrelationLimits } from '../correlation/correlator.js';
import { DetectionEngine } from './detection-engine.js';
import type { Detector, DetectorOptions } from './detector-types.js';
import { getLoaded } from '../load/rule-set.js';
import type { RuleSet } from '../load/rule-set.js';

const limitsTable: OptionTable<Partial<CorrelationLimits>> = {
  maxHitsPerGroup: isNumber({ min: 1, whole: true }),
  maxGroups: isNumber({ min: 1, whole: true }),
  maxHitsPerDay: isNumber({ min: 1, whole: true }),
  keepInMs: isNumber({ min: 60_000 }),
};

const optionTable: OptionTable<DetectorOptions> = {
  state: anyValue,
  watermark: isOptions<{ lateInMs: number }>({ lateInMs: isNumber({ min: 0 }) }),
  maxAgeInMs: isNumber({ min: 0 }),
  limits: isOptions(limitsTable),
  clock: hasMethods('now'),
  stateless: isBoolean,
  index: isBoolean,
  onRuleError: isCallback,
};

/** A detector of loaded rules. Alerts are a pure function of the records seen: their order does not matter. */
export function createDetector(rules: RuleSet, options: DetectorOptions = {}): Detector {
  const engine = new DetectionEngine(getLoaded(rules), checkOptions(options, optionTable));
  return {
    evaluate: (record, context = {}) => engine.evaluate(record, context),
    push: (record, context = {}) => engine.push(record, context),
    flush: () => engine.flush(),
    openUnit: (unitId, context = {}) => engine.openUnit(unitId, context),
    snapshot: () => engine.snapshot(),
    health: () => engine.health(),
  };
}
