import { z } from 'zod';
import { defineTable } from 'loganalytics-ingest/tables';
import type { TableDefinition } from 'loganalytics-ingest/tables';

const time = z.iso.datetime({ offset: true });
const text = z.string().optional();

const auditRecord = z.object({
  TimeGenerated: time,
  EventTime: time.optional(),
  RecordId: text,
  SourceTenantId: text,
  ContentType: text,
  RecordType: z.int32().optional(),
  RecordTypeName: text,
  Operation: text,
  Workload: text,
  UserId: text,
  ClientIP: text,
  ResultStatus: text,
  UnitId: text,
  CollectorVersion: text,
  RecordTruncated: z.boolean().optional(),
  Record: z.record(z.string(), z.unknown()).optional(),
  /** Which run wrote it, where someone reads a run back. */
  RunId: text,
});

const activity = z.object({
  TimeGenerated: time,
  EventTime: time.optional(),
  CreatedTime: time.optional(),
  ActivityId: text,
  SourceTenantId: text,
  AppName: text,
  AppId: z.int32().optional(),
  Operation: text,
  EventCategory: text,
  Description: text,
  Severity: text,
  UserId: text,
  ClientIP: text,
  CountryCode: text,
  UnitId: text,
  CollectorVersion: text,
  RecordTruncated: z.boolean().optional(),
  Record: z.record(z.string(), z.unknown()).optional(),
  RunId: text,
});

const alert = z.object({
  TimeGenerated: time,
  EventTime: time.optional(),
  AlertId: text,
  AlertTitle: text,
  Severity: z.int32().optional(),
  Status: z.int32().optional(),
  ResolutionStatus: z.int32().optional(),
  SourceTenantId: text,
  UnitId: text,
  CollectorVersion: text,
  RecordTruncated: z.boolean().optional(),
  Record: z.record(z.string(), z.unknown()).optional(),
});

const shareReport = z.object({
  TimeGenerated: time,
  Event: text,
  ActivityId: text,
  EventDateTime: time.optional(),
  CreatedDateTime: time.optional(),
  AcceptedDateTime: time.optional(),
  AccessCount: z.int32().optional(),
  FirstAccessDateTime: time.optional(),
  LastAccessDateTime: time.optional(),
  Description: text,
  Operation: text,
  Severity: text,
  Collaborator: text,
  UserId: text,
  ResolvedUser: text,
  UserKey: text,
  SiteUrl: text,
  SourceFileName: text,
  SourceRelativeUrl: text,
  FileUrl: text,
  ObjectId: text,
  AccessLocation: text,
  AppName: text,
  RunId: text,
});

const health = z.object({
  TimeGenerated: time,
  Collector: text,
  CollectorVersion: text,
  SourceTenantId: text,
  Source: text,
  ContentType: text,
  LastListed: time.optional(),
  NewestEvent: time.optional(),
  LagInSeconds: z.number().optional(),
  CompleteUntil: time.optional(),
  LatenessInSeconds: z.number().optional(),
  State: text,
  StateReason: text,
  Backlog: z.int32().optional(),
  OldestUnreadExpiresInSeconds: z.number().optional(),
  Accepted: z.number().optional(),
  DeadLettered: z.number().optional(),
  Throttled: z.number().optional(),
  Gaps: z.int32().optional(),
  CertificateExpires: time.optional(),
});

/** One row per audit record, as `auditRow` makes them. */
export const auditRecords: TableDefinition<unknown> = defineTable('AuditRecords_CL', auditRecord);
/** One row per Cloud App Security activity, as `activityRow` makes them. */
export const mcasActivities: TableDefinition<unknown> = defineTable('MCAS_Activity_Log_CL', activity);
/** One row per state of a Cloud App Security alert, as `alertRow` makes them. */
export const mcasAlerts: TableDefinition<unknown> = defineTable('MCAS_Alerts_CL', alert);
/** One row per accepted share, and per access to one. */
export const shareReports: TableDefinition<unknown> = defineTable('MCAS_Share_Report_CL', shareReport);
/** The collector's own heartbeat. */
export const collectorHealth: TableDefinition<unknown> = defineTable('AuditCollectorHealth_CL', health);

/** All of them. */
export const tables: readonly TableDefinition<unknown>[] = [
  auditRecords,
  mcasActivities,
  mcasAlerts,
  shareReports,
  collectorHealth,
];
