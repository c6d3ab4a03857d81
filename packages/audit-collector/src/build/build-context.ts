import type { Writable } from 'node:stream';
import type { Clock, Cloud, Fetch } from 'o365-activity-client';

/** What the objects of a configuration are built with. */
export interface BuildContext {
  /** Where relative paths of the configuration begin. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the output `stdout` writes. */
  readonly stdout: Writable;
  /** Replaces the transport of every client. */
  readonly fetch?: Fetch | undefined;
  readonly clock?: Clock | undefined;
  /** Replaces the clouds by name: an emulator's, for example. */
  readonly clouds?: Readonly<Partial<Record<string, Cloud>>> | undefined;
}
