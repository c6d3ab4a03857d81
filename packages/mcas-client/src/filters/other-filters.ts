import type { IpCategory, Severity } from '../constants.js';
import type {
  BooleanFilter,
  EntityKey,
  FieldFilter,
  FilterRules,
  Is,
  IsOrSet,
  Timestamp,
} from './operators.js';

/** Filters of alerts with the documented operators. */
export interface AlertFilters {
  'entity.entity'?: FieldFilter<EntityKey, Is>;
  'entity.ip'?: FieldFilter<string, Is>;
  'entity.service'?: FieldFilter<number, Is>;
  'entity.instance'?: FieldFilter<number, Is>;
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

/** Filters of files with the documented operators. */
export interface FileFilters {
  service?: FieldFilter<number, Is>;
  instance?: FieldFilter<number, Is>;
  /** 0 other, 1 document, 2 spreadsheet, 3 presentation, 4 text, 5 image, 6 folder. */
  fileType?: FieldFilter<number, Is>;
  allowDeleted?: BooleanFilter;
  policy?: FieldFilter<string, 'cabinetmatchedrulesequals' | 'neq' | 'isset' | 'isnotset'>;
  filename?: FieldFilter<string, 'eq'>;
  modifiedDate?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range' | 'lte_ndays' | 'gte_ndays'>;
  createdDate?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range'>;
  snapshotLastModifiedDate?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range'>;
  'collaborators.entity'?: FieldFilter<EntityKey, Is>;
  'collaborators.domains'?: FieldFilter<string, Is>;
  'collaborators.groups'?: FieldFilter<string, Is>;
  'collaborators.withDomain'?: FieldFilter<string, Is | 'deq'>;
  'owner.entity'?: FieldFilter<EntityKey, Is>;
  'owner.orgUnit'?: FieldFilter<string, Is>;
  /** 0 private, 1 internal, 2 external, 3 public, 4 public on the internet. */
  sharing?: FieldFilter<number, Is>;
  fileId?: FieldFilter<string, Is>;
  extension?: FieldFilter<string, Is>;
  mimeType?: FieldFilter<string, Is>;
  fileLabels?: FieldFilter<string, IsOrSet>;
  fileScanLabels?: FieldFilter<string, IsOrSet>;
  trashed?: BooleanFilter;
  folder?: BooleanFilter;
  quarantined?: BooleanFilter;
  parentFolder?: FieldFilter<string, Is>;
}

export const fileFilterRules: FilterRules<FileFilters> = {
  service: ['number', 'eq', 'neq'],
  instance: ['number', 'eq', 'neq'],
  fileType: ['number', 'eq', 'neq'],
  allowDeleted: ['boolean', 'eq'],
  policy: ['string', 'cabinetmatchedrulesequals', 'neq', 'isset', 'isnotset'],
  filename: ['string', 'eq'],
  modifiedDate: ['time', 'lte', 'gte', 'range', 'lte_ndays', 'gte_ndays'],
  createdDate: ['time', 'lte', 'gte', 'range'],
  snapshotLastModifiedDate: ['time', 'lte', 'gte', 'range'],
  'collaborators.entity': ['entity', 'eq', 'neq'],
  'collaborators.domains': ['string', 'eq', 'neq'],
  'collaborators.groups': ['string', 'eq', 'neq'],
  'collaborators.withDomain': ['string', 'eq', 'neq', 'deq'],
  'owner.entity': ['entity', 'eq', 'neq'],
  'owner.orgUnit': ['string', 'eq', 'neq'],
  sharing: ['number', 'eq', 'neq'],
  fileId: ['string', 'eq', 'neq'],
  extension: ['string', 'eq', 'neq'],
  mimeType: ['string', 'eq', 'neq'],
  fileLabels: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  fileScanLabels: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  trashed: ['boolean', 'eq'],
  folder: ['boolean', 'eq'],
  quarantined: ['boolean', 'eq'],
  parentFolder: ['string', 'eq', 'neq'],
};

/** Filters of entities with the documented operators. */
export interface EntityFilters {
  type?: FieldFilter<string, Is>;
  isAdmin?: FieldFilter<string, 'eq'>;
  /** A user also gives its accounts. */
  entity?: FieldFilter<EntityKey, Is>;
  userGroups?: FieldFilter<string, Is>;
  app?: FieldFilter<number, Is>;
  instance?: FieldFilter<number, Is>;
  isExternal?: { eq?: boolean | null };
  domain?: FieldFilter<string, IsOrSet>;
  organization?: FieldFilter<string, IsOrSet>;
  /** `0` not available, `1` staged, `2` active, `3` suspended, `4` deleted. */
  status?: FieldFilter<string, Is>;
}

export const entityFilterRules: FilterRules<EntityFilters> = {
  type: ['string', 'eq', 'neq'],
  isAdmin: ['string', 'eq'],
  entity: ['entity', 'eq', 'neq'],
  userGroups: ['string', 'eq', 'neq'],
  app: ['number', 'eq', 'neq'],
  instance: ['number', 'eq', 'neq'],
  isExternal: ['boolean', 'eq'],
  domain: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  organization: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  status: ['string', 'eq', 'neq'],
};

/** Filters of IP ranges. One client reports that the service ignores them. */
export interface IpRangeFilters {
  category?: FieldFilter<IpCategory, Is>;
  tags?: FieldFilter<string, Is>;
  builtIn?: BooleanFilter;
}

export const ipRangeFilterRules: FilterRules<IpRangeFilters> = {
  category: ['number', 'eq', 'neq'],
  tags: ['string', 'eq', 'neq'],
  builtIn: ['boolean', 'eq'],
};
