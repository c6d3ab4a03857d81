import type { Clock } from '@repo/client-core';
import type { BufferPool } from '../writer/buffer-pool.js';
import type { RowStatus } from '../writer/row-status.js';
import type { RowCheck } from '../rows/validate-row.js';

/** How one API takes bodies, for one target. */
export interface Transport {
  /** Bytes before compression; they may change while rows are written. */
  readonly limits: {
    /** A batch is sent before it would be larger. */
    readonly fill: number;
    /** A single row may take a body of this size for itself. */
    readonly most: number;
    /** Longer values are cut by the service, silently. */
    readonly field: number;
  };
  /** Never rejects. The buffer is used again once it resolves. */
  send(body: Uint8Array<ArrayBuffer>, options: SendOptions): Promise<SendResult>;
  /** Called for every row that is given as an object. */
  check?: RowCheck | undefined;
  /** Rows given as bytes cannot be checked: they are invalid. */
  objectsOnly?: boolean;
  /** What the writers of one client share. */
  buffers?: BufferPool;
  clock?: Clock | undefined;
}

export interface SendOptions {
  abortSignal: AbortSignal | undefined;
  /** Whether a body may be sent again when its outcome is unclear. */
  idempotent: boolean;
  /** Called for every attempt, with the bytes on the wire. */
  onAttempt(wireBytes: number): void;
}

/** What became of a body. */
export type SendResult =
  | { status: 'accepted' }
  | {
      status: Exclude<RowStatus, 'accepted'>;
      error: unknown;
      reason: string;
      /** Smaller bodies may do better: this many, each with a part of the rows. */
      parts?: number;
      /** The body is too large. A single row has to have about this many bytes, before compression, to fit. */
      tooLarge?: number;
    };
