import type { EventCategory, IpCategory, Service } from '../constants.js';
import type {
  BooleanFilter,
  EntityKey,
  FieldFilter,
  FilterRules,
  Is,
  IsOrSet,
  Timestamp,
  UserTag,
} from './operators.js';

/** Filters of activities with the documented operators; all are ANDed. */
export interface ActivityFilters {
  /** Application id. */
  service?: FieldFilter<Service | (number & {}), Is>;
  instance?: FieldFilter<number, Is>;
  'user.orgUnit'?: FieldFilter<string, IsOrSet>;
  'user.username'?: FieldFilter<string, IsOrSet | 'startswith'>;
  /** Ids of user groups. */
  'user.tags'?: FieldFilter<UserTag, IsOrSet | 'startswith'>;
  'user.domain'?: FieldFilter<string, IsOrSet>;
  entity?: FieldFilter<EntityKey, IsOrSet | 'startswith'>;
  /** For example `11161:EVENT_AAD_LOGIN:OAuth2:Authorize`. */
  actionType?: FieldFilter<string, 'contains' | IsOrSet>;
  /** Not documented under this name; Microsoft's PowerShell module sends it. Values as for `actionType`. */
  'activity.actionType'?: FieldFilter<string, 'contains' | IsOrSet>;
  'activity.eventActionType'?: FieldFilter<EventCategory | (string & {}), Is>;
  /** @deprecated The documents replaced it by `activity.eventActionType` in 2023; the service still takes it. */
  'activity.eventType'?: FieldFilter<EventCategory | (string & {}), Is>;
  'activity.id'?: FieldFilter<string, 'eq'>;
  'activity.impersonated'?: BooleanFilter;
  /** True: administrative events. */
  'activity.type'?: BooleanFilter;
  'activity.takenAction'?: FieldFilter<string | null, Is>;
  'activity.alertId'?: FieldFilter<string, 'eq'>;
  activityObject?: FieldFilter<string, Is>;
  'device.type'?: FieldFilter<'DESKTOP' | 'MOBILE' | 'TABLET' | 'OTHER' | (string & {}) | null, Is>;
  'device.tags'?: FieldFilter<string, Is>;
  'userAgent.userAgent'?: FieldFilter<string, 'contains' | 'ncontains'>;
  'userAgent.tags'?: FieldFilter<string, Is>;
  /** Two letters, for example `DE`. */
  'location.country'?: FieldFilter<string, IsOrSet>;
  'location.organizations'?: FieldFilter<string, IsOrSet | 'contains'>;
  'ip.address'?: FieldFilter<string, IsOrSet | 'startswith' | 'doesnotstartwith'>;
  'ip.category'?: FieldFilter<IpCategory | (number & {}), Is>;
  'ip.tags'?: FieldFilter<string, Is>;
  fileSelector?: FieldFilter<string, Is>;
  fileId?: FieldFilter<string, 'eq'>;
  /** Ids of sensitivity labels. Left the documents on 2024-01-17; whether the service still takes it is not known. */
  fileLabels?: FieldFilter<string, IsOrSet>;
  office365url?: FieldFilter<string, 'startswith' | 'eq' | 'endswith'>;
  text?: FieldFilter<string, 'eq' | 'startswithsingle' | 'text'>;
  /** Time of the event. Records arrive minutes later: what runs regularly goes by `created`. */
  date?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range' | 'lte_ndays' | 'gte_ndays'>;
  /** Time at which the service saved the record. */
  created?: FieldFilter<Timestamp, 'lte' | 'gte' | 'range' | 'gt' | 'lt'> & { eq?: Timestamp };
  policy?: FieldFilter<string, IsOrSet>;
  /** 0 access control, 1 session control, 2 app connector, 3 its analysis, 5 discovery, 6 Defender for Endpoint. */
  source?: FieldFilter<number | string, Is>;
}

const is = ['eq', 'neq'] as const;
const isOrSet = ['eq', 'neq', 'isset', 'isnotset'] as const;

export const activityFilterRules: FilterRules<ActivityFilters> = {
  service: ['number', ...is],
  instance: ['number', ...is],
  'user.orgUnit': ['string', ...isOrSet],
  'user.username': ['string', ...isOrSet, 'startswith'],
  'user.tags': ['tag', ...isOrSet, 'startswith'],
  'user.domain': ['string', ...isOrSet],
  entity: ['entity', ...isOrSet, 'startswith'],
  actionType: ['string', 'contains', ...isOrSet],
  'activity.actionType': ['string', 'contains', ...isOrSet],
  'activity.eventActionType': ['string', ...is],
  'activity.eventType': ['string', ...is],
  'activity.id': ['string', 'eq'],
  'activity.impersonated': ['boolean', 'eq'],
  'activity.type': ['boolean', 'eq'],
  'activity.takenAction': ['string or null', ...is],
  'activity.alertId': ['string', 'eq'],
  activityObject: ['string', ...is],
  'device.type': ['string or null', ...is],
  'device.tags': ['string', ...is],
  'userAgent.userAgent': ['string', 'contains', 'ncontains'],
  'userAgent.tags': ['string', ...is],
  'location.country': ['string', ...isOrSet],
  'location.organizations': ['string', ...isOrSet, 'contains'],
  'ip.address': ['string', ...isOrSet, 'startswith', 'doesnotstartwith'],
  'ip.category': ['number', ...is],
  'ip.tags': ['string', ...is],
  fileSelector: ['string', ...is],
  fileId: ['string', 'eq'],
  fileLabels: ['string', ...isOrSet],
  office365url: ['string', 'startswith', 'eq', 'endswith'],
  text: ['string', 'eq', 'startswithsingle', 'text'],
  date: ['time', 'lte', 'gte', 'range', 'lte_ndays', 'gte_ndays'],
  created: ['time', 'lte', 'gte', 'range', 'gt', 'lt', 'eq'],
  policy: ['string', ...isOrSet],
  source: ['code', ...is],
};
