import * as z from 'zod';
import { Config } from './schema/config.js';

/** The format as JSON schema (draft 7, which editors read). */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(Config, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'audit-collector configuration' };
}

/** Every key that the format knows anywhere, for suggestions. */
export function knownKeys(): string[] {
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: Record<string, unknown> };
    for (const key of Object.keys(properties ?? {})) keys.add(key);
    Object.values(node).forEach(walk);
  };
  walk(configJsonSchema());
  return [...keys];
}
