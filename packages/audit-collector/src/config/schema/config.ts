import * as z from 'zod';
import type { CollectorConfig } from '../types.js';
import { Identity } from './identity.js';
import { Output } from './output.js';
import { Source } from './source.js';
import { Transform } from './transform.js';
import { Duration, HttpsUrl, Listen, Name, Secret, Size, TenantId } from './values.js';

const Tenant = z.strictObject({
  id: TenantId,
  identity: Name,
  publisherId: TenantId.optional(),
  mcas: z.strictObject({ url: HttpsUrl, token: Secret.optional() }).optional(),
  values: z.record(z.string(), z.string()).optional(),
});

const Pipeline = z.strictObject({
  tenants: z
    .union([z.literal('all'), z.array(Name).min(1)], { error: 'is neither all nor a list of tenants' })
    .optional(),
  source: Source,
  transforms: z.array(Transform).optional(),
  outputs: z.array(Name).min(1),
  concurrency: z.number().int().min(1).max(64).optional(),
});

/** The whole file. Unknown keys are errors: a filter indented wrongly must not be ignored in silence. */
export const Config: z.ZodType<CollectorConfig> = z.strictObject({
  version: z.literal(1, { error: 'is not 1, the version of this format' }),
  name: Name.optional(),
  identities: z.record(Name, Identity),
  tenants: z.record(Name, Tenant),
  outputs: z.record(Name, Output),
  pipelines: z.record(Name, Pipeline),
  state: z.strictObject({ type: z.literal('sqlite'), folder: z.string().min(1) }).optional(),
  deadLetters: z.strictObject({ maxBytes: Size.optional() }).optional(),
  http: z.strictObject({ listen: Listen }).optional(),
  shutdown: z.strictObject({ drainTimeout: Duration.optional() }).optional(),
});
