import type {
  BooleanFilter,
  EntityKey,
  FieldFilter,
  FilterRules,
  Is,
  IsOrSet,
  Timestamp,
} from './operators.js';

/** Filters of files with the documented operators. */
export interface FileFilters {
  service?: FieldFilter<number, Is>;
  instance?: FieldFilter<number, Is>;
  /** 0 other, 1 document, 2 spreadsheet, 3 presentation, 4 text, 5 image, 6 folder. */
  fileType?: FieldFilter<number, Is>;
  allowDeleted?: BooleanFilter;
  policy?: FieldFilter<string, 'cabinetmatchedrulesequals' | 'neq' | 'isset' | 'isnotset'>;
  /** `text` is not documented; Microsoft's PowerShell module sends it. */
  filename?: FieldFilter<string, 'eq' | 'text'>;
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
  filename: ['string', 'eq', 'text'],
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
