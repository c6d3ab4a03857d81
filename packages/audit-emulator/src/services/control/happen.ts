import { auditScenario, auditScenarioNames } from '../../data/audit/index.js';
import type { AuditScenario } from '../../data/audit/index.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { publishStory } from '../management-activity/content/week.js';

const minute = 60_000;

/**
 * Plays a scenario: its records happen from `at` on, with the noise of that hour, and reach the feed in blobs twenty
 * minutes after the last of them, when the clock gets there. Gives the ids of the attack's records.
 *
 * @throws TypeError for a scenario that does not exist.
 */
export function happen(
  state: EmulatorState,
  scenario: unknown,
  at: number,
): { scenario: string; recordIds: string[] } {
  const name = auditScenarioNames.find((one) => one === scenario);
  if (!name) throw new TypeError(`"scenario" is one of ${auditScenarioNames.join(', ')}.`);
  const story: AuditScenario = auditScenario(name, { at });
  const records = [...story.hit, ...story.nearMiss, ...story.noise].toSorted(
    (one, other) => one.at - other.at,
  );
  publishStory(
    (contentType, texts, options) => void state.managementActivity.publish(contentType, texts, options),
    records,
    { delayInMs: 20 * minute },
  );
  return { scenario: name, recordIds: story.hit.map(({ id }) => id) };
}
