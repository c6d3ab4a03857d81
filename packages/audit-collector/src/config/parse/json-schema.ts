import * as z from 'zod';
import { Config } from '../schema/config.js';

/** The format as JSON schema (draft 7, which editors read). */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(Config, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'audit-collector configuration' };
}

/** Every key that the format knows anywhere, for suggestions. */
export function knownKeys(): string[] {
  const keys = new Set<string>();
  collectKeys(Config, keys);
  return [...keys];
}

/** The parts of a schema that hold further schemas. */
interface Definition {
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
}

function collectKeys(schema: z.ZodType, keys: Set<string>): void {
  const { shape = {}, innerType, element, valueType, options = [] } = schema._zod.def as Definition;
  for (const key of Object.keys(shape)) keys.add(key);
  const parts = [innerType, element, valueType, ...options, ...Object.values(shape)];
  for (const part of parts) if (part) collectKeys(part, keys);
}
