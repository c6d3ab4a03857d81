import * as z from 'zod';
import { Guid, Secret, TenantId } from './values.js';

const base = {
  cloud: z.enum(['public', 'gcc', 'gcc-high', 'dod', 'china']).optional(),
  tenant: TenantId.optional(),
};

export const Identity = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('secret'), clientId: Guid, clientSecret: Secret }),
  z.strictObject({ ...base, type: z.literal('certificate'), clientId: Guid, certificate: Secret }),
  z.strictObject({
    ...base,
    type: z.literal('workload-identity'),
    clientId: Guid.optional(),
    tokenFile: z.string().min(1).optional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('managed-identity'),
    clientId: Guid.optional(),
    application: Guid.optional(),
  }),
]);
