import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { HttpReply } from '@repo/client-core';

/** An answer that is one record, handed on as parsed. */
export function readRecord(reply: HttpReply, operation: string): object {
  const value = reply.json();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ResponseFormatError(`${operation}: the answer is JSON, but no record.`, {
      status: reply.status,
    });
  return value;
}

/** An id as one segment of a path: nothing in it may lead elsewhere. */
export function segment(path: string, id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..')
    throw new ArgumentError(path, 'is empty or no id', 'Give the _id of the record.');
  return encodeURIComponent(id);
}
