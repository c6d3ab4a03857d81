import * as z from 'zod';
import { Guid, HttpsUrl, Name, Secret } from './values.js';

export const Output = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('logs-ingestion'),
    identity: Name,
    endpoint: z.union([HttpsUrl, tenantValue()]),
    ruleId: z.string().regex(/^(?:dcr-[0-9a-zA-Z-]+|\$\{tenant\.[A-Za-z0-9_-]+\})$/, {
      error: "is not a rule's immutable id (it begins with dcr-)",
    }),
    stream: z
      .string()
      .regex(/^Custom-[A-Za-z0-9_]+$/, { error: 'is not a stream: it begins with Custom-' })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('data-collector'),
    workspaceId: z.union([Guid, tenantValue()]),
    key: Secret,
    logType: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,100}$/, { error: 'is not a log type' })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('ndjson'),
    folder: z.string().min(1),
  }),
  z.strictObject({ type: z.literal('stdout') }),
]);

/** A value that each tenant gives: resolved when the pipeline of a tenant is built. */
function tenantValue(): z.ZodString {
  return z.string().regex(/^\$\{tenant\.[A-Za-z0-9_-]+\}$/);
}
