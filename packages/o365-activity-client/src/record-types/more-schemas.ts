import type { AuditRecord, NameValuePair } from './audit-record.js';
import type { EncryptedMessagePortalEventsRecord } from './schemas.generated.js';

/** What all records of Microsoft Purview Information Protection carry about the application and the device. */
export interface AipCommon {
  ApplicationId?: string;
  ApplicationName?: string;
  ProcessName?: string;
  Platform?: number;
  DeviceName?: string;
  Location?: string;
  ProductVersion?: string;
  [field: string]: unknown;
}

/** Protection before and after. */
export interface AipProtectionEventData {
  ProtectionEventType?: number;
  /** `Template`, `Custom`, `DoNotForward` and others. */
  ProtectionType?: string;
  TemplateId?: string;
  IsProtected?: boolean;
  IsProtectedBefore?: boolean;
  ProtectionOwner?: string;
  [field: string]: unknown;
}

/** The label before and after. */
export interface AipSensitivityLabelEventData {
  SensitivityLabelId?: string;
  OldSensitivityLabelId?: string;
  LabelEventType?: number;
  ActionSource?: number;
  [field: string]: unknown;
}

/** A record of one of the five AIP types, as the documents' samples show it. */
export interface AipRecord extends AuditRecord {
  Common?: AipCommon;
  /** `Rest`, `Use`; a few records name the field `Data State`. */
  DataState?: string;
  ProtectionEventData?: AipProtectionEventData;
  SensitivityLabelEventData?: AipSensitivityLabelEventData;
  SensitiveInfoTypeData?: unknown[];
}

/** One message of a Copilot conversation; its text is not part of the record. */
export interface CopilotMessage {
  Id?: string;
  Size?: number;
  /** Asked by the user, as against answered. */
  isPrompt?: boolean;
  [field: string]: unknown;
}

/** What happened in a Copilot conversation. */
export interface CopilotEventData {
  /** The app in which Copilot was used. */
  AppHost?: string;
  ThreadId?: string;
  Contexts?: unknown[];
  MessageIds?: string[];
  Messages?: CopilotMessage[];
  /** What Copilot read to answer. */
  AccessedResources?: unknown[];
  AISystemPlugin?: unknown[];
  ModelTransparencyDetails?: unknown;
  [field: string]: unknown;
}

/** An interaction with Copilot (record type 261). */
export interface CopilotInteractionRecord extends AuditRecord {
  ClientRegion?: string;
  CopilotLogVersion?: string;
  CopilotEventData?: CopilotEventData;
}

/** Access to a message in the portal for encrypted mail; the sample says more than the table. */
export interface OMEPortalRecord extends EncryptedMessagePortalEventsRecord {
  AuthenticationStatus?: number;
  OperationProperties?: NameValuePair[];
  OperationStatus?: number;
}

/**
 * The record types whose fields the documents show by sample or model, instead of a table or beside it.
 * https://learn.microsoft.com/office/office-365-management-api/copilot-schema
 */
export interface MoreRecordSchemas {
  AipDiscover: AipRecord;
  AipSensitivityLabelAction: AipRecord;
  AipProtectionAction: AipRecord;
  AipFileDeleted: AipRecord;
  AipHeartBeat: AipRecord;
  CopilotInteraction: CopilotInteractionRecord;
  OMEPortal: OMEPortalRecord;
}
