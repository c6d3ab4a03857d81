import * as z from 'zod';
import type { WhereConfig } from '../types.js';
import { Secret } from './values.js';

const userKinds = ['upn', 'guid', 'sid', 'service-principal', 'system', 'unknown', 'other'] as const;
const texts = z.array(z.string().min(1)).min(1);

const Where: z.ZodType<WhereConfig> = z
  .strictObject({
    contentType: texts.optional(),
    recordType: z.array(z.number().int().nonnegative()).min(1).optional(),
    operation: texts.optional(),
    workload: texts.optional(),
    userId: texts.optional(),
    userKind: z.array(z.enum(userKinds)).min(1).optional(),
  })
  .refine((where) => Object.keys(where).length > 0, {
    error: 'names no field: name at least one, for example operation',
  });

/** One step, with exactly one key that says which. */
export const Transform = z.union(
  [
    z.strictObject({ where: Where }),
    z.strictObject({ pick: texts }),
    z.strictObject({ omit: texts }),
    z.strictObject({ redact: z.literal('secrets') }),
    z.strictObject({ pseudonymize: texts, key: Secret }),
  ],
  { error: 'is not a transform: use one of where, pick, omit, redact: secrets, pseudonymize with key' },
);
