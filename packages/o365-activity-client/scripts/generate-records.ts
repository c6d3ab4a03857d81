/** Writes src/record-types/*.generated.ts from data/*.json: `tsx scripts/generate-records.ts`, then prettier. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bases, notSchemas, schemaNames, schemaOf, wireNames, wireTypes } from './record-names.js';

interface RecordTypeRow {
  value: number;
  name: string;
  description?: string;
  conflict?: string;
}
interface Schema {
  schema: string;
  section: string;
  fields: { name: string; type?: string; description?: string }[];
}
interface EnumTable {
  enum: string;
  columns: string[];
  rows: string[][];
}

const root = join(import.meta.dirname, '..');
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'data', `${name}.json`), 'utf8'));
const write = (name: string, parts: string[]): void =>
  writeFileSync(
    join(root, 'src/record-types', `${name}.generated.ts`),
    `// Made by scripts/generate-records.ts from data/ (see data/NOTICE.md). Do not edit.\n\n${parts.join('\n\n')}\n`,
  );
const comment = (text: string | undefined, indent = ''): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim()} */\n` : '';
const key = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `'${name.replaceAll("'", "\\'")}'`;
const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

// A number that stands only in the renumbered rows of the schema page is no fact: its name belongs to another.
const recordTypes = (read('record-types') as { recordTypes: RecordTypeRow[] }).recordTypes.filter(
  ({ conflict }) => conflict !== 'docs-only',
);

const disputed = 'The schema page and the metadata of Microsoft Graph disagree about this number.';

function writeRecordTypes(): void {
  const rows = recordTypes.map(
    ({ name, value, description, conflict }) =>
      `${comment(conflict === 'unresolved' ? disputed : description, '  ')}  ${key(name)}: ${value},`,
  );
  write('record-types', [
    `/**
 * What kind of event a record is. Numbers follow Microsoft Graph's metadata, which observed records agree with;
 * some rows of the schema page were renumbered. An unknown number is a newer type: keep it.
 */
export const RecordType = {\n${rows.join('\n')}\n} as const;`,
    `/** Name of a record type. */\nexport type RecordTypeName = keyof typeof RecordType;`,
    `/** A known record type, as its number. */\nexport type RecordType = (typeof RecordType)[RecordTypeName];`,
  ]);
}

const enumNames: Readonly<Record<string, string>> = {
  FormsUserTypes: 'FormsUserType',
  FormTypes: 'FormType',
  ResultStatus: 'PlannerResultStatus',
  'Policy type and action type': 'PolicyType',
};
const inviteEnums = ['SyncFrequency', 'DataStoreType', 'SystemSyncUserAction'];

function writeEnums(): string[] {
  const invites = [...inviteEnums];
  const names: string[] = [];
  const parts: string[] = [];
  for (const table of (read('enums') as { enums: EnumTable[] }).enums) {
    const [first, second = ''] = table.columns;
    const byName = first === 'member name' && /SharePointAuditOperation|^Project /.test(table.enum);
    if (!byName && !(first === 'value' && /member name|type/.test(second))) continue;
    const plain = table.enum.replace(/^Enum: /, '').replace(/ - Type:.*$/, '');
    const name = plain.startsWith('DataShareInvitation')
      ? (invites.shift() as string)
      : (enumNames[plain] ?? pascal(plain));
    const members = new Map<string, string>();
    for (const row of table.rows) {
      const [cell = '', label = '', description] = row;
      // Observed records and Graph's metadata spell it so.
      const member = byName ? cell : label === 'DCAdmin' ? 'DcAdmin' : pascal(label);
      const value = byName ? `'${cell}'` : String(Number(cell));
      if (!member || value === 'NaN' || /[^\w]/.test(member) || members.has(member)) continue;
      members.set(member, `${comment(byName ? label : description, '  ')}  ${key(member)}: ${value},`);
    }
    names.push(name);
    parts.push(
      `export const ${name} = {\n${[...members.values()].join('\n')}\n} as const;\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`,
    );
  }
  write('enums', parts);
  return names;
}

const enumNamesWritten: ReadonlySet<string> = new Set(writeEnums());

function nameOf(schema: string): string {
  const plain = schema.replace(/^Complex Type /, '').replace(/ (schema|complex type|record type)$/, '');
  return schemaNames[schema] ?? pascal(plain);
}

const schemas = (read('schemas') as { schemas: Schema[] }).schemas.filter(
  ({ schema }) => !notSchemas.has(schema) && schema !== 'Common schema' && !/AppAccessContext/.test(schema),
);

function typeOf(field: string, type: string, known: ReadonlySet<string>): string {
  const override = wireTypes[field];
  if (override && !/(^|\W)ExceptionInfo/.test(override)) return override;
  if (override && known.has('ExceptionInfo')) return override;
  const collection = /Collection\s*\(?\s*(?:\()?([\w. ]*)\)?/i.exec(type);
  if (collection) {
    const inner = typeOf('', collection[1] ?? '', known);
    return inner === 'unknown' ? 'unknown[]' : `${inner.includes('|') ? `(${inner})` : inner}[]`;
  }
  if (
    /Edm\.(String|Guid|Date|DateTime|DateTimeOffset|TimeOfDay|Duration)/i.test(type) ||
    /^string$/i.test(type)
  )
    return 'string';
  if (/Edm\.(Int\d*|Double|Decimal|Single|Byte)/i.test(type)) return 'number';
  // Seen as text too.
  if (/Edm\.Bool|^boolean$/i.test(type)) return 'boolean | string';
  const reference = pascal(/(?:Self\.)?(\w+)\s*$/.exec(type)?.[1] ?? '');
  if (known.has(reference)) return reference;
  // An enumeration: the number, or the member's name on some workloads.
  return enumNamesWritten.has(reference) ? 'number | string' : 'unknown';
}

const commonFields = new Set(
  'Id RecordType CreationTime Operation OrganizationId UserType UserKey Workload ResultStatus ObjectId UserId ClientIP Scope AppAccessContext Version'.split(
    ' ',
  ),
);

function writeSchemas(): void {
  const isComplex = ({ schema }: Schema): boolean =>
    /complex type|^Complex Type|^(AttachmentData|SystemOverrides|AuthDetails|FileData)$/i.test(schema);
  const known = new Set(schemas.filter(isComplex).map(({ schema }) => nameOf(schema)));
  const written = new Set<string>();
  const records = new Set<string>();
  const parts = [`import type { AuditRecord, ModifiedProperty, NameValuePair } from './audit-record.js';`];
  for (const schema of schemas) {
    const base = nameOf(schema.schema);
    const name = isComplex(schema) ? base : `${base.replace(/(Audit)?Record$/, '$1')}Record`;
    if (written.has(name)) throw new Error(`two schemas are named ${name}`);
    written.add(name);
    if (!isComplex(schema)) records.add(base);
    const fields = new Map<string, string>();
    for (const field of schema.fields) {
      const sts = base === 'AzureActiveDirectoryStsLogon' && field.name === 'ErrorCode';
      const wire = sts ? 'ErrorNumber' : (wireNames[field.name] ?? field.name);
      if (fields.has(wire) || (!isComplex(schema) && commonFields.has(wire))) continue;
      const type = typeOf(wire, field.type ?? '', known);
      fields.set(wire, `${comment(field.description, '  ')}  ${key(wire)}?: ${type};`);
    }
    const parent = bases[base];
    const extend = isComplex(schema) ? '' : ` extends ${parent ? `${parent}Record` : 'AuditRecord'}`;
    const index = isComplex(schema) ? '\n  [field: string]: unknown;' : '';
    parts.push(`/** ${schema.schema}${schema.section === schema.schema ? '' : ` (${schema.section})`}. */
export interface ${name}${extend} {\n${[...fields.values()].join('\n')}${index}\n}`);
  }
  const map = recordTypes
    .map(({ name }) => ({ name, schema: schemaOf[name] ?? (records.has(name) ? name : undefined) }))
    .filter((one): one is { name: string; schema: string } => one.schema !== undefined)
    .map(({ name, schema }) => {
      if (!records.has(schema)) throw new Error(`${name} points at ${schema}, which is not there`);
      return `  ${key(name)}: ${schema.replace(/(Audit)?Record$/, '$1')}Record;`;
    });
  parts.push(`/** Which schema the records of a type have, where the documents give it. */
export interface RecordSchemas {\n${map.join('\n')}\n}`);
  write('schemas', parts);
  console.log(`${recordTypes.length} record types, ${written.size} schemas, ${map.length} mapped`);
}

writeRecordTypes();
console.log(`${enumNamesWritten.size} enumerations`);
writeSchemas();
