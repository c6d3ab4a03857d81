import { AuditSdkError } from '@repo/client-core';

/** Why a webhook request was refused, or was not answered 200. */
export type WebhookErrorCode =
  /** No POST. */
  | 'MethodNotAllowed'
  /** `Webhook-AuthID` is missing or none of `authId`. */
  | 'WrongAuthId'
  | 'BodyTooLong'
  | 'BodyTimeout'
  /** The sender ended the connection, or a body parser has read the stream and left nothing. */
  | 'BodyUnreadable'
  | 'BodyNotJson'
  /** Neither a validation request nor a notification. */
  | 'UnknownBody'
  /** Items without the documented fields. The others, if any, were handed on. */
  | 'InvalidItems'
  /** `onContent` has thrown; see `cause`. */
  | 'HandlerFailed'
  | 'HandlerTimeout';

/** A webhook request was not answered 200, or not all of it was used. Never carries what was sent. */
export class WebhookError extends AuditSdkError {
  static override readonly kind: string = 'WebhookError';
  declare readonly code: WebhookErrorCode;
  /** What the sender was answered. */
  readonly status: number;

  constructor(
    message: string,
    details: { code: WebhookErrorCode; status: number; contentType?: string; cause?: unknown },
  ) {
    super(`webhook: ${message}`, { ...details, operation: 'webhook', retryable: details.status >= 500 });
    this.status = details.status;
  }
}
