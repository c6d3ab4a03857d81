import { ArgumentError } from '@repo/client-core';

/** The five content types the service documents. */
export const ContentType = {
  AzureActiveDirectory: 'Audit.AzureActiveDirectory',
  Exchange: 'Audit.Exchange',
  SharePoint: 'Audit.SharePoint',
  General: 'Audit.General',
  /** Needs the permission ActivityFeed.ReadDlp. */
  Dlp: 'DLP.All',
} as const;

/** A documented content type, or one that the service adds later. */
export type ContentType = (typeof ContentType)[keyof typeof ContentType] | (string & {});

/** All five, in the order of the documentation. */
export const contentTypes: readonly ContentType[] = Object.values(ContentType);

/** The types asked for, each once; all five by default. None at all would be a silent nothing. */
export function typesOf(wanted: readonly ContentType[] | undefined, path: string): ReadonlySet<ContentType> {
  if (wanted?.length === 0)
    throw new ArgumentError(path, 'is empty', 'Name a content type, or leave it out for all.');
  return new Set(wanted ?? contentTypes);
}

/** What a webhook of a subscription looks like in answers. */
export interface SubscriptionWebhook {
  /** `enabled`, `disabled` (after repeated failures) or `expired`. */
  status?: string;
  address?: string;
  authId?: string | null;
  expiration?: string | null;
  [field: string]: unknown;
}

/** One subscription: it belongs to the tenant, the app and the content type. */
export interface Subscription {
  contentType: ContentType;
  /** `enabled` or `disabled`; some answers leave it out. */
  status?: string;
  webhook?: SubscriptionWebhook | null;
  [field: string]: unknown;
}

/** One listed blob: an aggregation of records, readable until `contentExpiration`. */
export interface ContentBlob {
  contentType: ContentType;
  /** Opaque and case-sensitive. */
  contentId: string;
  /** Where the blob is read; on the API's own host. */
  contentUri: string;
  /** When the blob became available (not when its events happened), ISO 8601 UTC. */
  contentCreated: string;
  /** Until when it can be read. Not a fixed time after its creation: read it, never compute it. */
  contentExpiration: string;
  [field: string]: unknown;
}

/** One webhook delivery the service has tried. */
export interface ContentNotification extends ContentBlob {
  /** When the notification was sent. */
  notificationSent?: string;
  /** `success`, or a failure text that is not documented. */
  notificationStatus?: string;
}

/** Name of a sensitive information type. */
export interface DlpSensitiveType {
  id: string;
  name: string;
  [field: string]: unknown;
}
