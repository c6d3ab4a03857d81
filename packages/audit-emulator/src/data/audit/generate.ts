import { createRandom } from '../random.js';
import type { Random } from '../random.js';
import { contoso } from '../contoso.js';
import { recordTypeNames } from './record-types.js';
import { people } from './people.js';
import { assemble } from './shapes.js';
import type { Built, ContentType, Draft, Fields, GeneratedRecord, Person } from './shapes.js';
import { accountLogon, directoryChange, stsLogon } from './builders/entra.js';
import { exchangeAdmin, exchangeItem, exchangeItemGroup, mailItemsAccessed } from './builders/exchange.js';
import { fileOperation, listOperation, sharing, siteChange } from './builders/sharepoint.js';
import { dlpRuleMatch } from './builders/dlp.js';
import { general } from './builders/general.js';
import { withOddities } from './unusual-records.js';

export interface GenerateOptions {
  /** Same seed, same records, byte for byte. */
  seed: string;
  /** Records to yield, duplicates included. From about 2,000 on every known record type occurs. */
  count: number;
  /** `CreationTime` of the first record, milliseconds since the epoch. */
  from: number;
  /** `CreationTime` stays before this. */
  to: number;
  tenantId?: string;
  domain?: string;
  /** Who works there. Default: the seeded tenant's people. */
  cast?: readonly Person[];
}

const builders: Readonly<Record<number, (draft: Draft) => Built>> = {
  1: (draft) => exchangeAdmin(draft),
  2: exchangeItem,
  3: exchangeItemGroup,
  4: siteChange,
  6: (draft) => fileOperation(draft),
  7: (draft) => fileOperation(draft, { oneDrive: true }),
  8: (draft) => directoryChange(draft),
  9: accountLogon,
  11: (draft) => dlpRuleMatch(draft),
  13: (draft) => dlpRuleMatch(draft),
  14: (draft) => sharing(draft),
  15: (draft) => stsLogon(draft),
  33: (draft) => dlpRuleMatch(draft),
  36: listOperation,
  50: mailItemsAccessed,
  63: (draft) => dlpRuleMatch(draft),
};

/** How often each type of an ordinary day occurs: the list is drawn from evenly. */
const everyday: readonly number[] = [
  15, 15, 15, 8, 9, 1, 2, 3, 50, 50, 6, 6, 6, 6, 14, 36, 4, 25, 25, 20, 11, 13, 63, 40, 261, 94,
];

const knownTypes: readonly number[] = Object.keys(recordTypeNames).map(Number);

/** The content type that carries a record type; DLP matches also come in their workload's feed, here in DLP.All. */
export function contentTypeOf(recordType: number): ContentType {
  const name = recordTypeNames[recordType] ?? '';
  if (/^(?:ComplianceDLP|CdpComplianceDLP)/.test(name)) return 'DLP.All';
  if (name.startsWith('AzureActiveDirectory')) return 'Audit.AzureActiveDirectory';
  if (name.startsWith('Exchange') || name === 'OMEPortal') return 'Audit.Exchange';
  if (/^(?:SharePoint|OneDrive)/.test(name)) return 'Audit.SharePoint';
  return 'Audit.General';
}

/** One record as the service would write it. */
export function makeRecord(draft: Draft, built: Built, odd = false): GeneratedRecord {
  const fields = assemble(draft, built);
  const id = String(fields['Id']);
  const text = odd ? withOddities(fields, draft.random) : JSON.stringify(fields);
  return {
    contentType: contentTypeOf(draft.recordType),
    recordType: draft.recordType,
    id,
    at: draft.at,
    text,
  };
}

/** The same event once more: same id and content, another order of keys. */
function reordered(record: GeneratedRecord): GeneratedRecord {
  // Re-serialising would round a number that only text can carry.
  if (record.text.includes('"SequenceNumber"')) return record;
  const fields = Object.entries(JSON.parse(record.text) as Fields);
  return { ...record, text: JSON.stringify(Object.fromEntries(fields.toReversed())) };
}

/**
 * Streams audit records in order of `CreationTime`, holding fifty at most. Every fourth record walks the list of
 * known types, the others are an ordinary day; about one in eighty repeats an earlier record, as the service does
 * by design; one in seven has an odd shape.
 */
export function* generateAuditRecords(options: GenerateOptions): Generator<GeneratedRecord> {
  const { seed, count, from, to, tenantId = contoso.tenantId, domain = contoso.domain } = options;
  const { cast = people } = options;
  const random: Random = createRandom(`${seed}/audit-records`);
  const recent: GeneratedRecord[] = [];
  let nextKnown = 0;
  let made = 0;
  for (let i = 0; i < count; i++) {
    if (recent.length > 0 && random.int(80) === 0) {
      const again = random.pick(recent);
      yield random.int(2) === 0 ? again : reordered(again);
      continue;
    }
    const walk = i % 4 === 0;
    const recordType = walk ? (knownTypes[nextKnown++ % knownTypes.length] as number) : random.pick(everyday);
    const at = Math.floor((from + ((to - from) * i) / count) / 1000) * 1000;
    const draft: Draft = { random, at, recordType, tenantId, domain, user: random.pick(cast) };
    const dlp = contentTypeOf(recordType) === 'DLP.All';
    const build = builders[recordType] ?? (dlp ? dlpRuleMatch : general);
    const record = makeRecord(draft, build(draft), true);
    recent[made++ % 50] = record;
    yield record;
  }
}
