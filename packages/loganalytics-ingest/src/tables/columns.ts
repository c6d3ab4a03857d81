import type { $ZodObject, $ZodType } from 'zod/v4/core';
import { ArgumentError } from '@repo/client-core';

/** Types of a stream's column in a data collection rule. */
export type StreamType = 'string' | 'int' | 'long' | 'real' | 'boolean' | 'dynamic' | 'datetime';

/** A column, as stream and table have it. */
export interface TableColumn {
  readonly name: string;
  /** Its type in the stream; the Tables API spells `datetime` as `dateTime`. */
  readonly type: StreamType;
  readonly dataTypeHint?: 'guid' | 'uri' | 'ip';
}

interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly innerType?: $ZodType;
  readonly values?: readonly unknown[];
  readonly checks?: readonly { readonly _zod: { readonly def: object } }[];
}

const wrappers = new Set(['optional', 'nullable', 'default', 'readonly']);
const plain: Readonly<Record<string, StreamType>> = {
  string: 'string',
  enum: 'string',
  bigint: 'long',
  boolean: 'boolean',
  date: 'datetime',
  object: 'dynamic',
  array: 'dynamic',
  record: 'dynamic',
  unknown: 'dynamic',
  any: 'dynamic',
};
const literals: Readonly<Record<string, StreamType>> = {
  string: 'string',
  number: 'real',
  bigint: 'long',
  boolean: 'boolean',
};
const hints: Readonly<Record<string, 'guid' | 'uri' | 'ip'>> = {
  uuid: 'guid',
  guid: 'guid',
  url: 'uri',
  ipv4: 'ip',
  ipv6: 'ip',
};

function formatsOf(def: Definition): string[] {
  const all = [def, ...(def.checks ?? []).map((check) => check._zod.def as Partial<Definition>)];
  return all.flatMap(({ format }) => (format === undefined ? [] : [format]));
}

function numberType(formats: readonly string[]): StreamType {
  if (formats.includes('int32')) return 'int';
  return formats.includes('safeint') || formats.includes('uint32') ? 'long' : 'real';
}

function columnOf(name: string, schema: $ZodType): TableColumn {
  const def = schema._zod.def as Definition;
  if (wrappers.has(def.type) && def.innerType) return columnOf(name, def.innerType);
  const formats = formatsOf(def);
  if (def.type === 'number') return { name, type: numberType(formats) };
  if (def.type === 'string' && formats.includes('datetime')) return { name, type: 'datetime' };
  const kinds = new Set(def.type === 'literal' ? (def.values ?? []).map((value) => typeof value) : []);
  const type = kinds.size === 1 ? literals[[...kinds][0] ?? ''] : plain[def.type];
  if (type === undefined)
    throw new ArgumentError(
      `schema.${name}`,
      `a schema of kind '${def.type}' has no column type`,
      `Name one in options.columns['${name}'].`,
    );
  const hint = type === 'string' ? formats.map((format) => hints[format]).find(Boolean) : undefined;
  return { name, type, ...(hint && { dataTypeHint: hint }) };
}

/** The schema's columns in its order, `TimeGenerated` not added; throws ArgumentError for a kind without a type. */
export function columnsOf(
  schema: $ZodObject,
  overrides: Readonly<Record<string, StreamType>>,
): TableColumn[] {
  return Object.entries(schema._zod.def.shape).map(([name, field]) => {
    const type = overrides[name];
    return type === undefined ? columnOf(name, field) : { name, type };
  });
}
