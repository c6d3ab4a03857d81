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
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly checks?: readonly { readonly _zod: { readonly def: object } }[];
}

const wrappers = new Set(['optional', 'nullable', 'default', 'readonly']);
const plain: Readonly<Record<string, StreamType>> = {
  string: 'string',
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

/** The schema inside optional, nullable, default and readonly. */
function unwrapped(schema: $ZodType): Definition {
  const def = schema._zod.def as Definition;
  return wrappers.has(def.type) && def.innerType ? unwrapped(def.innerType) : def;
}

/** Kind of a property's schema, as zod names it; undefined when there is no such property. */
export function kindOf(schema: $ZodObject, name: string): string | undefined {
  const field = schema._zod.def.shape[name];
  return field && unwrapped(field).type;
}

function typeOf(def: Definition, formats: readonly string[]): StreamType | undefined {
  if (def.type === 'number') return numberType(formats);
  if (def.type === 'string' && formats.includes('datetime')) return 'datetime';
  // Half of its values do not fit into the 64 bits with sign of `long`.
  if (formats.includes('uint64')) return undefined;
  if (def.type !== 'literal' && def.type !== 'enum') return plain[def.type];
  const values = def.type === 'enum' ? enumValues(def.entries ?? {}) : (def.values ?? []);
  const kinds = new Set(values.map((value) => typeof value));
  return kinds.size === 1 ? literals[[...kinds][0] ?? ''] : undefined;
}

/** An enumeration of TypeScript with numbers has its names by number as well. */
function enumValues(entries: Readonly<Record<string, unknown>>): unknown[] {
  return Object.entries(entries)
    .filter(([key]) => typeof entries[String(entries[key])] !== 'number')
    .map(([, value]) => value);
}

function columnOf(name: string, schema: $ZodType): TableColumn {
  const def = unwrapped(schema);
  const formats = formatsOf(def);
  const type = typeOf(def, formats);
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
  for (const name of Object.keys(overrides))
    if (!Object.hasOwn(schema._zod.def.shape, name))
      throw new ArgumentError(`options.columns.${name}`, 'is not in the schema', 'Name a property of it.');
  return Object.entries(schema._zod.def.shape).map(([name, field]) => {
    const type = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    return type === undefined ? columnOf(name, field) : { name, type };
  });
}
