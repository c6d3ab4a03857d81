import { contoso } from '../contoso.js';
import type { Happening } from './event-time.js';
import { itemId, siteId } from './library.js';
import type { LibraryFile } from './library.js';

/** `rawDataJson`: the source's own record, already parsed. Its times have seven fractional digits. */
export function rawData(happening: Happening, eventId: string, target: string): Record<string, unknown> {
  const { kind, actor, place, file, timestamp } = happening;
  const common = {
    OrganizationId: contoso.tenantId,
    CreationTime: new Date(timestamp).toISOString().replace('Z', '0000Z'),
    RecordType: kind.recordType,
    Operation: kind.operation,
    UserType: 0,
    Workload: kind.workload,
    ClientIP: place.ip,
    UserKey: actor.external
      ? `i:0#.f|membership|urn:spo:guest#${actor.upn}`
      : `i:0h.f|membership|${actor.id}@live.com`,
    Version: 1,
    UserId: actor.upn,
    Id: eventId,
  };
  if (file) return { ...common, ...sharePointFields(happening, file, target) };
  if (kind.appId === 11161) return { ...common, ...logonFields(happening) };
  return {
    ...common,
    MailboxOwnerUPN: actor.upn,
    ObjectId: actor.upn,
    ...(kind.admin && { Parameters: [{ Name: 'Identity', Value: actor.upn }] }),
  };
}

function sharePointFields(
  { kind, actor, random }: Happening,
  file: LibraryFile,
  target: string,
): Record<string, unknown> {
  const accepted = kind.category === 'EVENT_CATEGORY_ACCEPT_SHARE_FILE';
  return {
    ObjectId: target,
    CorrelationId: random.guid(),
    ListItemUniqueId: itemId(file),
    EventSource: 'SharePoint',
    SourceFileExtension: file.name.slice(file.name.lastIndexOf('.') + 1),
    UserAgent: 'Mozilla/5.0',
    SourceRelativeUrl: file.library,
    ItemType: 'File',
    SourceFileName: file.name,
    SiteUrl: file.siteUrl,
    Site: siteId(file),
    ...(accepted && { TargetUserOrGroupName: actor.upn, TargetUserOrGroupType: 'Guest', EventData: 'Read' }),
    DoNotDistributeEvent: true,
  };
}

/** Every third logon has keys that differ by case only, as real ones do. */
function logonFields({ kind, timestamp, random }: Happening): Record<string, unknown> {
  const correlation = random.guid();
  const time = new Date(timestamp).toISOString();
  const failed = kind.category === 'EVENT_CATEGORY_FAILED_LOGIN';
  return {
    ObjectId: 'Unknown',
    ApplicationId: '4345a7b9-9a63-4910-a426-35363201d503',
    CorrelationId: correlation,
    LoginStatus: failed ? 50126 : 0,
    ...(random.int(3) === 0 && {
      Level: 4,
      level: 'Informational',
      TenantId: contoso.tenantId,
      tenantId: contoso.tenantId.toUpperCase(),
      correlationId: correlation.toUpperCase(),
      Status: failed ? 'Failure' : 'Success',
      status: { errorCode: failed ? 50126 : 0 },
      TIMESTAMP: time,
      TimeStamp: time.replace('Z', '0000Z'),
    }),
  };
}
