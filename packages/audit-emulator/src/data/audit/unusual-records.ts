import type { Random } from '../random.js';
import type { Fields } from './shapes.js';

/** Forms of `ClientIP` seen in real feeds; `undefined` stands for an absent field. */
const clientIps: readonly (string | null | undefined)[] = [
  '203.0.113.9:8085',
  '[::ffff:203.0.113.12]:12345',
  '[2001:db8::abcd]',
  '[2001:db8::abcd]:443',
  '2001:db8::1',
  '::1',
  '<null>',
  'localhost:12345',
  'VI1PR04MB0000',
  '',
  null,
  undefined,
];

const userIds: readonly (string | undefined)[] = [
  'S-1-5-18',
  'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)',
  'Not Available',
  'ServicePrincipal_0b1ec700-0000-4000-8000-0000000000ff',
  '0b1ec700-0000-4000-8000-000000000003',
  'Unknown',
  '',
  undefined,
];

type Oddity = (fields: Fields, random: Random) => void;

const oddities: readonly Oddity[] = [
  (fields, random) => (fields['ClientIP'] = random.pick(clientIps)),
  (fields, random) => (fields['ClientIP'] = random.pick(clientIps)),
  (fields, random) => (fields['UserId'] = random.pick(userIds)),
  (fields) => (fields['ModifiedProperties'] = ['DisplayName', 'Größe']),
  (fields) => {
    if ('Parameters' in fields) fields['Parameters'] = '-Identity "anna" -AuditEnabled "True"';
    else fields['ExtendedProperties'] = '[{"Name":"Context","Value":"text"}]';
  },
  (fields) => (fields['ExternalAccess'] = 'False'),
  (fields) => (fields['CreationTime'] = `${String(fields['CreationTime'])}Z`),
  (fields) => delete fields['Workload'],
  (fields) => (fields['UserKey'] = 'i:0h.f|membership|1003200000000042@live.com'),
  (fields) =>
    (fields['FieldOfTomorrow'] = { 'naïve key': ['\u2028', '\\', '"', '\u0001'], nested: { on: true } }),
];

/** One record in seven takes a shape that the documents do not promise. Returns JSON text. */
export function withOddities(fields: Fields, random: Random): string {
  const oddity = random.int(7) === 0 ? random.pick(oddities) : undefined;
  oddity?.(fields, random);
  const text = JSON.stringify(fields);
  // Beyond 2^53: only the text can carry it.
  return random.int(25) === 0
    ? `${text.slice(0, -1)},"SequenceNumber":9007199254740993${random.int(1000)}}`
    : text;
}
