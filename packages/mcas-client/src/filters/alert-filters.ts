import type { Severity } from '../constants.js';
import type { BooleanFilter, EntityKey, FieldFilter, FilterRules, Is, Timestamp } from './operators.js';

/** Filters of alerts with the documented operators. */
export interface AlertFilters {
  'entity.entity'?: FieldFilter<EntityKey, Is>;
  'entity.ip'?: FieldFilter<string, Is>;
  'entity.service'?: FieldFilter<number, Is>;
  'entity.instance'?: FieldFilter<number, Is>;
  /** Not documented; Microsoft's PowerShell module sends it. */
  'entity.user'?: FieldFilter<string, 'eq'>;
  'entity.policy'?: FieldFilter<string, Is>;
  'entity.file'?: FieldFilter<string, Is>;
  alertOpen?: BooleanFilter;
  /** Low, medium or high: no other is documented as a filter. */
  severity?: FieldFilter<Exclude<Severity, typeof Severity.Informational>, Is>;
  /** 0 open, 1 dismissed, 2 resolved (both of old), 3 false positive, 4 benign, 5 true positive. */
  resolutionStatus?: FieldFilter<number, Is>;
  read?: BooleanFilter;
  date?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range' | 'lte_ndays' | 'gte_ndays'>;
  resolutionDate?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range'>;
  risk?: FieldFilter<number, Is>;
  alertType?: FieldFilter<number, Is>;
  id?: FieldFilter<string, Is>;
  source?: FieldFilter<string, 'eq'>;
}

export const alertFilterRules: FilterRules<AlertFilters> = {
  'entity.entity': ['entity', 'eq', 'neq'],
  'entity.ip': ['string', 'eq', 'neq'],
  'entity.service': ['number', 'eq', 'neq'],
  'entity.instance': ['number', 'eq', 'neq'],
  'entity.user': ['string', 'eq'],
  'entity.policy': ['string', 'eq', 'neq'],
  'entity.file': ['string', 'eq', 'neq'],
  alertOpen: ['boolean', 'eq'],
  severity: ['number', 'eq', 'neq'],
  resolutionStatus: ['number', 'eq', 'neq'],
  read: ['boolean', 'eq'],
  date: ['time', 'lte', 'gte', 'range', 'lte_ndays', 'gte_ndays'],
  resolutionDate: ['time', 'lte', 'gte', 'range'],
  risk: ['number', 'eq', 'neq'],
  alertType: ['number', 'eq', 'neq'],
  id: ['id', 'eq', 'neq'],
  source: ['string', 'eq'],
};
