/**
 * Audit records as they become available, one line each. Content is typically available 60 to 90 minutes after
 * the event: this is no real-time view.
 *
 *     pnpm example o365-tail [--emulated] [--since 60] [--type Audit.Exchange ...] [--operation New-InboxRule ...]
 *       [--user ada@contoso.example ...] [--json] [--once] [--keep-dlp-values]
 *
 * Matched texts of DLP.All are redacted unless --keep-dlp-values.
 */
import { ContentType, contentTypes } from 'o365-activity-client';
import type { ContentBlob } from 'o365-activity-client';
import { parseClientIp, recordTypeName, redactSecrets, utcTime } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import { readArguments } from './lib/arguments.js';
import { dlpOptions, keepDlpValues } from './lib/audit-transform.js';
import { o365FromEnvironment, subscribed } from './lib/o365.js';
import { positive, printable, runScript } from './lib/script.js';

const { values } = readArguments({
  options: {
    since: { type: 'string' },
    type: { type: 'string', multiple: true, default: [...contentTypes] },
    operation: { type: 'string', multiple: true, default: [] },
    user: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    ...dlpOptions,
  },
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

await runScript(async () => {
  const o365 = o365FromEnvironment();
  const minutes = positive('--since', values.since) ?? 60;
  const wanted = (record: AuditRecord): boolean =>
    oneOfThese(values.operation, record.Operation) && oneOfThese(values.user, record.UserId);
  try {
    for await (const page of o365.records.follow({
      contentTypes: await subscribed(o365, values.type),
      startFrom: new Date(Date.now() - minutes * 60_000),
      untilCaughtUp: values.once,
      abortSignal: stop.signal,
      onContentTypeError: (contentType, error) => console.error(`${contentType}: ${error.message}`),
      onBlobError: (_, error) => {
        console.error(error.message);
        return 'skip';
      },
    }))
      for (const record of page.items)
        if (wanted(record))
          console.log(values.json ? JSON.stringify(shown(record, page.blob)) : line(record));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
});

/** What DLP rules have matched is the secret itself. */
function shown(record: AuditRecord, blob: ContentBlob | undefined): AuditRecord {
  return blob?.contentType === ContentType.Dlp && !keepDlpValues() ? redactSecrets(record) : record;
}

function oneOfThese(names: readonly string[], value: unknown): boolean {
  return (
    names.length === 0 ||
    (typeof value === 'string' && names.some((name) => name.toLowerCase() === value.toLowerCase()))
  );
}

function line(record: AuditRecord): string {
  const name = recordTypeName(record.RecordType) ?? `RecordType ${record.RecordType}`;
  const ip = parseClientIp(record.ClientIP)?.address ?? '-';
  return [
    utcTime(record.CreationTime) ?? record.CreationTime,
    name,
    record.Operation,
    record.UserId ?? '-',
    ip,
  ]
    .map(printable)
    .join('  ');
}
