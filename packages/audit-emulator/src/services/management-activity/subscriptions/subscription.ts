import type { ContentType } from '../../../data/audit/index.js';

export interface Webhook {
  status: 'enabled' | 'disabled';
  readonly address: string;
  /** Sent back as `Webhook-AuthID`. */
  readonly authId?: string;
  /** As given at the start. */
  readonly expiration?: string;
  /** Where the subscriber reached the feed: `contentUri` in notifications points there. */
  readonly origin: string;
}

/** The subscription of one application to one content type of one tenant. Times in ms. */
export interface Subscription {
  readonly tenantId: string;
  readonly appId: string;
  readonly contentType: ContentType;
  status: 'enabled' | 'disabled';
  webhook: Webhook | undefined;
  readonly firstStart: number;
  lastStart: number;
  /** Whose hand disabled it: `a tenant admin` or `a service admin`. */
  disabledBy: string;
  /** Spans in which it was off: what became available then is never listed. */
  readonly gaps: { from: number; to: number }[];
}
