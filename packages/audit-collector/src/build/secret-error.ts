import { AuditSdkError } from 'audit-pipeline';

/** A secret could not be read. Names the place it should be in, never a value. */
export class SecretError extends AuditSdkError {
  static override readonly kind: string = 'SecretError';
  readonly place: string;

  constructor(place: string, problem: string) {
    super(`${place} ${problem}`, { code: 'SecretUnavailable', retryable: true });
    this.place = place;
  }
}
