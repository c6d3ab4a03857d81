import * as z from 'zod';
import { Duration, StartFrom } from './values.js';

export const contentTypeNames = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const;

export const Source = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('o365'),
    startFrom: StartFrom,
    pollInterval: Duration.optional(),
    contentTypes: z.array(z.enum(contentTypeNames)).min(1).optional(),
    startSubscriptions: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('mcas-activities'),
    startFrom: StartFrom,
    filters: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal('mcas-alerts'), startFrom: StartFrom }),
  z.strictObject({ type: z.literal('ndjson'), folder: z.string().min(1) }),
]);
