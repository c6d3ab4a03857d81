import type { z } from 'zod';
import { ResponseFormatError } from '../errors.js';

/** Checks an envelope (never a record): errors name the path that is wrong, never its value. */
export function parseEnvelope<T>(schema: z.ZodType<T>, value: unknown, operation: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join('.') || '(root)');
  throw new ResponseFormatError(
    `${operation}: the response is not what the service documents, at ${[...new Set(where)].slice(0, 5).join(', ')}. Check that the endpoint is the API and not a proxy.`,
  );
}

/** The part of https://standardschema.dev that is used: zod, valibot, arktype and others fit. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly unknown[] | undefined;
      }[];
    };
