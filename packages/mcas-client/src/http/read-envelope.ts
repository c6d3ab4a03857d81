import { parseEnvelope } from '@repo/client-core';
import type { HttpReply } from '@repo/client-core';
import { z } from 'zod';
import type { RawFilters } from '../filters/operators.js';

/** The answer to a list, with its records as they were parsed. */
export interface Envelope<T> {
  data: T[];
  hasNext: boolean;
  total?: number;
  nextQueryFilters?: RawFilters;
}

// `data` and `hasNext` are never guessed: an answer without them is how others have lost the rest of a scan.
const schema: z.ZodType<{ data: unknown[]; hasNext: boolean; total?: unknown; nextQueryFilters?: unknown }> =
  z.object({
    data: z.array(z.unknown()),
    hasNext: z.boolean(),
    total: z.unknown().optional(),
    nextQueryFilters: z.unknown().optional(),
  });

/** Throws ResponseFormatError for a page that is not one. */
export function readEnvelope<T>(reply: HttpReply, operation: string): Envelope<T> {
  const value = parseEnvelope(schema, reply.json(), operation);
  const { total, nextQueryFilters: next } = value;
  return {
    data: value.data as T[],
    hasNext: value.hasNext,
    ...(typeof total === 'number' && { total }),
    ...(isFilters(next) && { nextQueryFilters: next }),
  };
}

/** An empty object is no cursor: sent back, it would drop every filter of the query. */
function isFilters(value: unknown): value is RawFilters {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  );
}
