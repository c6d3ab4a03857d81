import { AuditSdkError } from '@repo/client-core';

/** The state was there, says its marker, and is gone: a first run in its place would lose what came since. */
export class StateMissingError extends AuditSdkError {
  static override readonly kind: string = 'StateMissingError';

  constructor(where: string, marker: string) {
    super(
      `${where} is missing, but ${marker} says that it was there. Restore a backup; or pass ifMissing: 'start' to begin again at the source's stated start, which loses records where that is 'now'.`,
      { code: 'StateMissing', retryable: false },
    );
  }
}

/** The write-ahead log beside a state file belongs to another copy of it. Nothing was changed or moved. */
export class StateLogError extends AuditSdkError {
  static override readonly kind: string = 'StateLogError';

  constructor(file: string) {
    super(
      `${file}-wal does not belong to ${file}, as after a backup was restored beside it. Remove ${file}-wal and ${file}-shm, then start again. Nothing was changed or moved.`,
      { code: 'StateLog', retryable: false },
    );
  }
}
