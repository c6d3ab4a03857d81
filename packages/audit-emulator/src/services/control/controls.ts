import type { Faults } from '../../server/faults.js';
import type { Journal } from '../../server/journal.js';
import type { Quotas } from '../../server/quotas.js';

/** What control has its hands on. */
export interface Controls {
  faults: Faults;
  journal: Journal;
  quotas: Quotas;
  reset(): void;
  snapshot(): () => void;
}
