import { contoso } from '../../data/contoso.js';
import { columns } from './columns.js';
import type { Column } from './columns.js';
import type { DataCollectionRule } from './rules.js';
import { createTable } from './tables.js';
import type { Workspace } from './workspaces.js';

const seededTables: Readonly<Record<string, readonly Column[]>> = {
  MCAS_Activity_Log_CL: columns(`
    TimeGenerated:datetime ActivityId:string EventTime:datetime CreatedTime:datetime AppName:string AppId:int
    Operation:string EventCategory:string Description:string Severity:string UserId:string ClientIP:string
    CountryCode:string SourceTenantId:string UnitId:string CollectorVersion:string RecordTruncated:boolean
    Record:dynamic
    RunId:string`),
  AuditRecords_CL: columns(`
    TimeGenerated:datetime EventTime:datetime RecordId:string SourceTenantId:string ContentType:string
    RecordType:int RecordTypeName:string Operation:string Workload:string UserId:string ClientIP:string
    ResultStatus:string UnitId:string CollectorVersion:string RecordTruncated:boolean Record:dynamic
    RunId:string`),
  MCAS_Share_Report_CL: columns(`
    TimeGenerated:datetime Event:string ActivityId:string EventDateTime:datetime CreatedDateTime:datetime
    AcceptedDateTime:datetime AccessCount:int FirstAccessDateTime:datetime LastAccessDateTime:datetime
    Description:string Operation:string Severity:string Collaborator:string UserId:string ResolvedUser:string
    UserKey:string SiteUrl:string SourceFileName:string SourceRelativeUrl:string FileUrl:string
    ObjectId:string AccessLocation:string AppName:string RunId:string`),
  MCAS_Alerts_CL: columns(`
    TimeGenerated:datetime EventTime:datetime AlertId:string AlertTitle:string Severity:int Status:int
    ResolutionStatus:int SourceTenantId:string UnitId:string CollectorVersion:string
    RecordTruncated:boolean Record:dynamic`),
  AuditCollectorHealth_CL: columns(`
    TimeGenerated:datetime Collector:string CollectorVersion:string SourceTenantId:string Source:string
    ContentType:string LastListed:datetime NewestEvent:datetime LagInSeconds:real CompleteUntil:datetime LatenessInSeconds:real State:string StateReason:string Backlog:int
    OldestUnreadExpiresInSeconds:real Accepted:real DeadLettered:real Throttled:real Gaps:int
    CertificateExpires:datetime`),
  Demo_CL: columns(`
    TimeGenerated:datetime Message:string Count:int Amount:real Big:long Ok:boolean Context:dynamic`),
};

export function contosoWorkspace(now: number): Workspace {
  const { workspaceId, workspaceName, subscriptionId, resourceGroup, location, sharedKey } = contoso;
  return {
    id: workspaceId,
    name: workspaceName,
    subscriptionId,
    resourceGroup,
    location,
    primaryKey: sharedKey,
    secondaryKey: btoa('fake second key of contoso: it opens nothing, anywhere, either!!'),
    active: true,
    tables: new Map(Object.entries(seededTables).map(([name, list]) => [name, createTable(name, list, now)])),
  };
}

/** A rule of kind Direct with a stream for each seeded table. */
export function contosoRule(now: number): DataCollectionRule {
  const { dcrImmutableId, dcrName, subscriptionId, resourceGroup, location, workspaceId } = contoso;
  const streams = Object.entries(seededTables).map(([name, list]) => [`Custom-${name}`, list] as const);
  return {
    immutableId: dcrImmutableId,
    name: dcrName,
    subscriptionId,
    resourceGroup,
    location,
    kind: 'Direct',
    streams: new Map(streams),
    destinations: new Map([['workspace', workspaceId]]),
    dataFlows: streams.map(([stream]) => ({
      streams: [stream],
      destinations: ['workspace'],
      transformKql: 'source',
      outputStream: stream,
    })),
    endpoint: `https://${dcrName}-c050.${location}-1.ingest.monitor.azure.com`,
    readyAt: now,
    grantedAt: now,
    provisionedAt: now,
  };
}
