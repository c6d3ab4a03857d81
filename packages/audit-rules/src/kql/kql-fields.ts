import type { FieldPath } from '../fields/field-path.js';
import { forwardingParameters } from '../fields/recipients.js';
import { KqlRefusal } from './kql-context.js';
import type { KqlContext } from './kql-context.js';
import { quote } from './quote.js';

/** How a field is read in KQL. `text`: one value; `any`: several, any of which may match; `search`: a text to look in. */
export type KqlField =
  { kind: 'text'; values: readonly string[]; isColumn: boolean } | { kind: 'search'; value: string };

const columns: Readonly<Record<string, string>> = {
  operation: 'Operation',
  workload: 'Workload',
  userid: 'UserId',
  clientip: 'ClientIP',
  resultstatus: 'ResultStatus',
  recordtype: 'tostring(RecordType)',
  id: 'RecordId',
};

/** Arrays of Name/Value pairs; each that a rule uses becomes one dynamic object. */
const bags = [
  'Parameters',
  'ExtendedProperties',
  'ModifiedProperties',
  'OperationProperties',
  'DeviceProperties',
];

export const bagColumn = (bag: string): string => `${bag}Bag`;

const failurePattern = quote('(?i)fail|false|error|denied');

/** The same rule as `audit.Outcome`. */
const outcome = [
  'iff(RecordType == 15,',
  'iff(Operation == "UserLoginFailed" or isnotempty(tostring(Record.LogonError)) or tostring(Record.ErrorNumber) !in ("", "0"), "failure", "success"),',
  `iff(ResultStatus matches regex ${failurePattern}, "failure", "success"))`,
].join(' ');

/** An address without port, brackets and IPv4 mapping. */
export const withoutPort = (text: string): string =>
  `extract(${quote('^\\[?(?:::ffff:)?((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:]+)')}, 1, ${text})`;

/** How KQL reads a field of a rule. Throws a KqlRefusal for what it cannot. */
export function toKqlField(path: FieldPath, context: KqlContext): KqlField {
  const { name, segments } = path;
  const [top = '', ...rest] = segments;
  if (name.startsWith('audit.')) return toComputed(name, context);
  if (name === 'eventSource') return column('Workload');
  if (name === 'eventName')
    return { kind: 'text', values: ['tostring(Record.Name)', 'Operation'], isColumn: false };
  if (name === 'status') return { kind: 'text', values: [outcome], isColumn: false };
  const known = columns[name.toLowerCase()];
  if (known !== undefined) return column(known);
  const property = `Record[${quote(top)}]`;
  if (rest.length === 0) return simple(top, property, context);
  const bag = bags.find((one) => one.toLowerCase() === top.toLowerCase());
  if (bag === undefined) {
    context.notes.add(`${name}: the text of ${top} is searched, which is wider`);
    return { kind: 'search', value: `tostring(${property})` };
  }
  const last = rest.at(-1) as string;
  if (last === 'OldValue') throw new KqlRefusal(`${name}: old values are not in the object that KQL makes`);
  if (rest.length === 1 && /^(new)?value$/i.test(last)) {
    context.notes.add(`${name}: the text of ${bag} is searched, which is wider`);
    return { kind: 'search', value: `tostring(Record.${bag})` };
  }
  const key = rest.filter((part, i) => i < rest.length - 1 || !/^(new)?value$/i.test(part));
  context.bags.add(bag);
  // Names with dots are Entra's; elsewhere a dot leads into JSON in the value.
  if (bag === 'ModifiedProperties' || key.length === 1) return inBag(bag, key.join('.'));
  context.notes.add(`${name}: the text of ${bag}.${key[0]} is searched, which is wider`);
  return { kind: 'search', value: bagValue(bag, key[0] as string) };
}

function column(value: string): KqlField {
  return { kind: 'text', values: [value], isColumn: true };
}

const bagValue = (bag: string, key: string): string =>
  `tostring(${bagColumn(bag)}[${quote(key.toLowerCase())}])`;

function inBag(bag: string, key: string): KqlField {
  return { kind: 'text', values: [bagValue(bag, key)], isColumn: false };
}

function simple(name: string, property: string, context: KqlContext): KqlField {
  if (/^(requesttype|useragent)$/i.test(name)) {
    context.bags.add('ExtendedProperties');
    const value = `coalesce(tostring(${property}), ${bagValue('ExtendedProperties', name)})`;
    return { kind: 'text', values: [value], isColumn: false };
  }
  return { kind: 'text', values: [`tostring(${property})`], isColumn: false };
}

function toComputed(name: string, context: KqlContext): KqlField {
  switch (name) {
    case 'audit.Outcome':
      return { kind: 'text', values: [outcome], isColumn: false };
    case 'audit.ClientAddress':
      return { kind: 'text', values: [withoutPort('ClientIP')], isColumn: true };
    case 'audit.ExternalRecipients':
      return { kind: 'text', values: [toExternalRecipients(context)], isColumn: false };
    default:
      throw new KqlRefusal(`${name} is computed by the engine and has no KQL twin`);
  }
}

/** The addresses in forwarding parameters and rule actions whose domain is none of the tenant's. */
function toExternalRecipients({ options, bags: used }: KqlContext): string {
  const domains = options.domains ?? [];
  if (domains.length === 0) throw new KqlRefusal('audit.ExternalRecipients needs the accepted domains');
  used.add('Parameters');
  used.add('OperationProperties');
  const texts = [
    ...forwardingParameters.map((name) => bagValue('Parameters', name)),
    bagValue('OperationProperties', 'RuleActions'),
  ];
  const own = domains.map((domain) => domain.toLowerCase().replace(/[^\w]/g, '\\$&')).join('|');
  const all = `strcat_delim(" ", ${texts.join(', ')})`;
  const addresses = `extract_all(${quote('([^\\s"\'<>()\\[\\]{},;:|\\\\]+@[^\\s"\'<>()\\[\\]{},;:|\\\\@]+)')}, tolower(${all}))`;
  // What is left after the tenant's own addresses are removed from the list.
  return `replace_regex(strcat_array(${addresses}, " "), ${quote(`[^ ]+@(?:[^ ]+\\.)?(?:${own})(?: |$)`)}, "")`;
}
