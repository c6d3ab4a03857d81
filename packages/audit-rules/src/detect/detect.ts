import type { Alert } from '../alerts/alert.js';
import type { RecordContext } from '../alerts/build-alert.js';
import type { RuleSet } from '../load/rule-set.js';
import { createDetector } from './detector.js';
import type { DetectorOptions } from './detector-types.js';

export interface DetectOptions extends DetectorOptions {
  /** Where the records come from. */
  context?: RecordContext | undefined;
}

/** Runs rules over stored records in one pass, in any order. An alert that grows is given again with a higher revision. */
export async function* detect(
  records: Iterable<unknown> | AsyncIterable<unknown>,
  rules: RuleSet,
  options: DetectOptions = {},
): AsyncGenerator<Alert, void, void> {
  const { context = {}, ...others } = options;
  const detector = createDetector(rules, others);
  for await (const record of records) yield* detector.push(record, context);
  yield* detector.flush();
}
