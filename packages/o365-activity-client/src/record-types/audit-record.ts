/** A name and its value, as in `Parameters` and `ExtendedProperties`. */
export interface NameValuePair {
  Name: string;
  Value?: unknown;
  [field: string]: unknown;
}

/** What changed. Values may hold secrets. */
export interface ModifiedProperty {
  Name: string;
  OldValue?: unknown;
  NewValue?: unknown;
  [field: string]: unknown;
}

/** The application context of a call; one object on the wire, though documented as a collection. */
export interface AppAccessContext {
  AADSessionId?: string;
  APIId?: string;
  ClientAppId?: string;
  ClientAppName?: string;
  CorrelationId?: string;
  UniqueTokenId?: string;
  IssuedAtTime?: string;
  [field: string]: unknown;
}

/**
 * One audit record, as parsed and unchecked: the fields all workloads share. Fields that are documented as
 * mandatory but were seen missing are optional here; everything else passes through.
 */
export interface AuditRecord {
  /** Identifies the event: the service delivers records more than once, so dedupe on it. Mostly a GUID. */
  Id: string;
  /** See `RecordType`; a number that is not listed there is a type newer than this package. */
  RecordType: number;
  /** When it happened: UTC, mostly written without zone. */
  CreationTime: string;
  /** An open set. */
  Operation: string;
  /** The tenant. */
  OrganizationId: string;
  /** See `UserType`. */
  UserType: number;
  UserKey?: string;
  Workload?: string;
  /** `Success`, `Succeeded`, `PartiallySucceeded`, `Failed`, `True`, `False` and others. */
  ResultStatus?: string;
  ObjectId?: string;
  /** Mostly a user principal name; also GUIDs, SIDs, `ServicePrincipal_…`, `Not Available`, empty. */
  UserId?: string;
  /** With or without port or brackets, at times a host name, empty or null. See `parseClientIp`. */
  ClientIP?: string | null;
  /** 0 online, 1 on premises. */
  Scope?: number | string;
  AppAccessContext?: AppAccessContext;
  /** Not documented, nearly always there. */
  Version?: number;
  [field: string]: unknown;
}
