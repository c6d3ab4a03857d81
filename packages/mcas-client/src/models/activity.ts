import type { EventCategory } from '../constants.js';

/**
 * One activity, as the service sends it. Only `_id` and `timestamp` are promised; every other field may be missing,
 * and fields that are not listed here are there too. `Raw` is the type of `rawDataJson`, where you know the application. Times are milliseconds since the epoch.
 */
export interface Activity<Raw = Record<string, unknown>> {
  /** The key: remove duplicates by this, not by `uid`, which may differ. */
  _id: string;
  /** When it happened. */
  timestamp: number;
  timestampRaw?: number;
  /** When the service saved it; minutes after `timestamp`. */
  created?: number;
  createdRaw?: number;
  instantiation?: number;
  instantiationRaw?: number;
  uid?: string;
  /** The tenant's number in this service. */
  tenantId?: number;
  /** The tenant's id in Entra ID. */
  aadTenantId?: string;
  /** The application shown. */
  appId?: number;
  appName?: string;
  saasId?: number;
  /** The connector that brought it; 11161 for sources of Office 365. */
  srcAppId?: number;
  eventType?: number;
  /** For example `EVENT_O365_ONEDRIVE_GENERIC`. */
  eventTypeValue?: string;
  /** The category, despite its name: `EVENT_CATEGORY_…`. */
  eventTypeName?: EventCategory | (string & {});
  genericEventType?: string;
  eventRouting?: Record<string, boolean>;
  device?: ActivityDevice;
  location?: ActivityLocation;
  user?: { userName?: string; userTags?: string[]; [field: string]: unknown };
  failedUserData?: { userName?: string; [field: string]: unknown };
  userAgent?: ActivityUserAgent;
  internals?: { otherIPs?: string[]; [field: string]: unknown };
  mainInfo?: ActivityMainInfo;
  confidenceLevel?: number;
  /** 0 access control, 1 session control, 2 app connector, 3 its analysis, 5 discovery, 6 Defender for Endpoint. */
  source?: number;
  lograbberService?: Record<string, boolean>;
  collected?: Record<string, unknown>;
  /** The application's own record, already parsed. Keys may differ by case alone. */
  rawDataJson?: Raw;
  resolvedActor?: ActivityActor;
  resolvedActorAccount?: ActivityActor;
  classifications?: string[];
  /** Keyed `"0"`, `"1"`, …; a value may be null. */
  entityData?: Record<string, ActivityEntity | null>;
  /** Text for people. */
  description?: string;
  description_id?: string;
  description_metadata?: Record<string, string>;
  severity?: 'INFO' | (string & {});
  [field: string]: unknown;
}

export interface ActivityDevice {
  clientIP?: string;
  userAgent?: string;
  countryCode?: string;
  machineId?: string;
  [field: string]: unknown;
}

export interface ActivityLocation {
  countryCode?: string;
  city?: string;
  region?: string;
  regionCode?: string;
  latitude?: number;
  longitude?: number;
  postalCode?: string;
  organizationSearchable?: string;
  /** Percent-encoded. */
  carrier?: string;
  anonymousProxy?: boolean;
  isSatelliteProvider?: boolean;
  category?: number;
  /** May be the text `null`. */
  categoryValue?: string;
  ipTags?: string[];
  [field: string]: unknown;
}

export interface ActivityUserAgent {
  family?: string;
  name?: string;
  operatingSystem?: { name?: string; family?: string; version?: string; [field: string]: unknown };
  type?: string;
  typeName?: string;
  deviceType?: string;
  nativeBrowser?: boolean;
  tags?: unknown[];
  os?: string;
  browser?: string;
  version?: string;
  [field: string]: unknown;
}

export interface ActivityMainInfo {
  eventObjects?: ActivityEventObject[];
  rawOperationName?: string;
  prettyOperationName?: string;
  /** `basic`, `failedLogin`, … */
  type?: string;
  activityResult?: { isSuccess?: unknown; message?: string; [field: string]: unknown };
  [field: string]: unknown;
}

export interface ActivityEventObject {
  objType?: number;
  role?: number;
  tags?: unknown[];
  name?: string;
  id?: string;
  value?: string;
  instanceId?: number;
  saasId?: number;
  resolved?: boolean;
  link?: number;
  governable?: boolean;
  serviceObjectType?: string;
  [field: string]: unknown;
}

export interface ActivityActor {
  id?: string;
  name?: string;
  tags?: string[];
  resolved?: boolean;
  governable?: boolean;
  /** Numbers written as text, here only. */
  saasId?: string;
  instanceId?: string;
  objType?: string;
  role?: string;
  [field: string]: unknown;
}

export interface ActivityEntity {
  displayName?: string;
  id?: { id?: string; saas?: number; inst?: number; [field: string]: unknown };
  resolved?: boolean;
  [field: string]: unknown;
}
