import type { CertificateAuthority } from '../../tls/authority.js';
import type { ClockMode } from '../../server/clock.js';
import type { Faults } from '../../server/faults.js';
import type { Journal } from '../../server/journal.js';
import type { Service } from '../../server/service.js';
import type { Quotas } from '../../server/quotas.js';

/** What control has its hands on. */
export interface Controls {
  services: readonly Service[];
  faults: Faults;
  journal: Journal;
  quotas: Quotas;
  /** How time passes; `custom` for a clock that was handed in. */
  clockMode: ClockMode | 'custom';
  authority(): CertificateAuthority;
  reset(): void;
  snapshot(): () => void;
}
