import type { Alert } from '../alerts/alert.js';
import type { HitPlace } from './correlator.js';
import type { Raised } from './raised-alerts.js';

/** What one unit of work added: to save it, or to take it back. */
export class UnitLog {
  readonly places: HitPlace[] = [];
  /** Hits of records, as against hits of other correlations: these are saved. */
  readonly direct: { place: HitPlace; value: number }[] = [];
  readonly alerts: Alert[] = [];
  /** How the alerts stood before this unit raised them. */
  readonly before: { id: string; raised: Raised | undefined }[] = [];
}
