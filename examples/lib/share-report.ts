import type { Activity } from 'mcas-client';

/** One line of the report on who accessed externally shared files. Text throughout: absent values are "". */
export interface ShareReportRow {
  Description: string;
  Operation: string;
  Severity: string;
  /** The other side of the share: who was invited, or who accepted. */
  Collaborator: string;
  /** When it happened, ISO 8601 UTC. */
  EventDateTime: string;
  /** When the activity was saved, minutes later. */
  CreatedDateTime: string;
  UserId: string;
  ResolvedUser: string;
  UserKey: string;
  SiteUrl: string;
  SourceFileName: string;
  SourceRelativeUrl: string;
  FileUrl: string;
  ObjectId: string;
  AccessLocation: string;
  AppName: string;
}

type Json = Record<string, unknown>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
// Cloud App Security writes the string "null" where it means nothing.
const text = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== 'null' ? value : '';
};

const time = (ms: unknown): string => (typeof ms === 'number' ? new Date(ms).toISOString() : '');

/** A Cloud App Security activity as one flat row. Pure; nothing in the activity is required but its `created`. */
export function toShareReportRow(activity: Activity): ShareReportRow {
  const raw = object(activity['rawDataJson']);
  const location = object(activity['location']);
  const actor = object(activity['resolvedActor']);
  const userId = text(raw['UserId']) || text(object(activity['user'])['userName']);
  return {
    Description: text(activity['description']),
    Operation: text(raw['Operation']) || text(object(activity['mainInfo'])['rawOperationName']),
    Severity: text(activity['severity']),
    Collaborator: text(raw['TargetUserOrGroupName']) || userId,
    EventDateTime: time(activity['timestamp']),
    CreatedDateTime: time(activity['created']),
    UserId: userId,
    ResolvedUser: text(actor['name']) || text(actor['id']),
    UserKey: text(raw['UserKey']),
    SiteUrl: text(raw['SiteUrl']),
    SourceFileName: text(raw['SourceFileName']),
    SourceRelativeUrl: text(raw['SourceRelativeUrl']),
    FileUrl: text(object(activity['description_metadata'])['target_object']),
    ObjectId: text(raw['ObjectId']),
    AccessLocation: [text(location['city']), text(location['countryCode'])].filter(Boolean).join(', '),
    AppName: text(activity['appName']),
  };
}
