import * as z from 'zod';
import { Duration, StartFrom } from './values.js';

const polled = { startFrom: StartFrom, pollInterval: Duration.optional() };

export const contentTypeNames = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const;

export const Source = z.discriminatedUnion('type', [
  z.strictObject({
    ...polled,
    type: z.literal('o365'),
    contentTypes: z.array(z.enum(contentTypeNames)).min(1).optional(),
    startSubscriptions: z.boolean().optional(),
  }),
  z.strictObject({
    ...polled,
    type: z.literal('mcas-activities'),
    filters: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ ...polled, type: z.literal('mcas-alerts') }),
  z.strictObject({ type: z.literal('ndjson'), folder: z.string().min(1) }),
]);
