import type { Random } from '../../../data/random.js';
import { contoso } from '../../../data/contoso.js';
import {
  auditScenario,
  weekScenarioNames,
  contentTypes,
  documentedRecords,
  generateAuditRecords,
} from '../../../data/audit/index.js';
import type { AuditScenario, ContentType, GeneratedRecord } from '../../../data/audit/index.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface PublishOptions {
  /** `contentCreated` in ms. Default: now. */
  created?: number;
  /** When listings begin to show it, in ms. Default: `created`. */
  listedFrom?: number;
  /** `contentExpiration` in ms. Default: `created` plus the switch `expirationInMs`. */
  expires?: number;
  /** Default: contoso. */
  tenantId?: string;
  /** Default: one in the service's current shape. */
  contentId?: string;
}

/** Texts or objects; a function is called for each read, for blobs larger than memory. */
export type RecordsInput = Iterable<string | object> | (() => Iterable<string>);

export type Publish = (contentType: ContentType, records: RecordsInput, options: PublishOptions) => void;

/**
 * Publishes contoso's week before `start`: some 5,000 records in blobs of 20 to 60, the six scenarios with their
 * twins (one a day), the documents' own records, two blobs with one `contentCreated`, and one blob created three days
 * before the start that is listed only ten minutes after it.
 */
export function publishWeek(publish: Publish, random: Random, start: number, count = 4_700): AuditScenario[] {
  const seed = random.fork('records').guid();
  const sizes = random.fork('sizes');
  const newest = start - 2 * minute;
  const oldest = start - 7 * day + hour;
  const open = new Map<ContentType, { texts: string[]; size: number; twin: boolean }>();
  const created = new Map<ContentType, number>();
  let late = false;

  const close = (contentType: ContentType, last: number): void => {
    const bucket = open.get(contentType);
    if (!bucket) return;
    open.delete(contentType);
    const previous = created.get(contentType);
    const delayed = Math.min(
      last + (2 + sizes.int(85)) * minute + sizes.int(60_000),
      newest - sizes.int(minute),
    );
    const at = bucket.twin && previous !== undefined ? previous : delayed;
    const hidden = !late && contentType === 'Audit.Exchange' && last > start - 3 * day;
    if (hidden) late = true;
    created.set(contentType, at);
    publish(contentType, bucket.texts, { created: at, ...(hidden && { listedFrom: start + 10 * minute }) });
  };

  let sharePointBlobs = 0;
  for (const record of generateAuditRecords({ seed, count, from: oldest, to: start - 15 * minute })) {
    const { contentType, at, text } = record;
    let bucket = open.get(contentType);
    if (!bucket) {
      // The third SharePoint blob shares its creation time with the second.
      const twin = contentType === 'Audit.SharePoint' && ++sharePointBlobs === 3;
      open.set(contentType, (bucket = { texts: [], size: 20 + sizes.int(41), twin }));
    }
    bucket.texts.push(text);
    if (bucket.texts.length >= bucket.size) close(contentType, at);
  }
  for (const contentType of contentTypes) close(contentType, newest);

  for (const contentType of contentTypes) {
    const texts = documentedRecords.filter((one) => one.contentType === contentType).map((one) => one.text);
    if (texts.length > 0) publish(contentType, texts, { created: start - 5 * day });
  }
  return weekScenarioNames.map((name, i) => {
    const scenario = auditScenario(name, {
      at: start - (6 - i) * day - 11 * hour,
      seed,
      domain: contoso.domain,
    });
    for (const part of [scenario.hit, scenario.nearMiss])
      publishStory(publish, part, { delayInMs: 20 * minute, until: newest });
    return scenario;
  });
}

/** Publishes the records of a story, a blob for each content type, some time after its last event. */
export function publishStory(
  publish: Publish,
  story: readonly GeneratedRecord[],
  options: { delayInMs: number; until?: number },
): void {
  const { delayInMs, until = Infinity } = options;
  for (const contentType of contentTypes) {
    const records = story.filter((record) => record.contentType === contentType);
    const last = Math.max(...records.map((record) => record.at));
    if (records.length > 0)
      publish(
        contentType,
        records.map((record) => record.text),
        { created: Math.min(last + delayInMs, until) },
      );
  }
}

export interface LiveOptions {
  /** One blob of one content type, in turn, every so often. Default 2 minutes. */
  intervalInMs?: number;
}

/** Publishes the blobs that came into being in `(from, to]`, by the clock and the seed alone. */
export function publishLive(
  publish: Publish,
  random: Random,
  span: { origin: number; from: number; to: number; intervalInMs: number },
): void {
  const { origin, from, to, intervalInMs } = span;
  const seed = random.fork('live').guid();
  const first = Math.floor((Math.max(from, to - 7 * day) - origin) / intervalInMs) + 1;
  for (let k = Math.max(1, first); origin + k * intervalInMs <= to; k++) {
    const created = origin + k * intervalInMs;
    const contentType = contentTypes[k % contentTypes.length] as ContentType;
    const wanted = 20 + random.fork(`live-size/${k}`).int(41);
    publish(contentType, () => liveTexts(`${seed}/${k}`, contentType, created, wanted), { created });
  }
}

function* liveTexts(
  seed: string,
  contentType: ContentType,
  created: number,
  wanted: number,
): Generator<string> {
  let made = 0;
  // Rare content types need many draws until enough have come.
  for (const record of generateAuditRecords({
    seed,
    count: 5_000,
    from: created - 60 * minute,
    to: created - minute,
  })) {
    if (record.contentType !== contentType) continue;
    yield record.text;
    if (++made === wanted) return;
  }
}
