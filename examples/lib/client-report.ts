import { isRecord, utcTime } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';

/** One line: how often a client of a user did something within an hour. */
export interface ClientUse {
  /** The hour's beginning, ISO 8601 UTC. */
  hour: string;
  client: string;
  user: string;
  operations: Record<string, number>;
}

/** A message that somebody put into Deleted Items. */
export interface DeletedMessage {
  time: string;
  user: string;
  mailbox: string;
  client: string;
  subject: string;
  internetMessageId: string;
  /** Names only; the record lists `name (bytes)` separated by semicolons. */
  attachments: string[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `Client=OWA;Action=ViaProxy` is OWA; what an unknown text says is kept. */
export function clientName(info: unknown): string {
  const parts = text(info).split(';');
  const named = parts
    .map((part) => /^\s*Client=(.+)$/.exec(part)?.[1]?.trim())
    .filter((part) => part !== undefined);
  return named.at(-1) ?? (text(info).trim() || '(not given)');
}

/** Splits `invoice.pdf (8192b); scan 01.docx (73728b)`. */
export function attachmentNames(value: unknown): string[] {
  return text(value)
    .split(/;\s*/)
    .map((one) => one.replace(/\s*\(\d+b\)\s*$/i, '').trim())
    .filter(Boolean);
}

export interface ClientReport {
  uses: ClientUse[];
  deleted: DeletedMessage[];
  records: number;
}

/** Counts as records come, in memory that grows with users and hours and not with records. */
export function createClientReport(): { add(record: AuditRecord): void; result(): ClientReport } {
  const uses = new Map<string, ClientUse>();
  const deleted: DeletedMessage[] = [];
  let records = 0;
  return {
    add(record) {
      const time = utcTime(record.CreationTime);
      const info = record['ClientInfoString'];
      if (time === undefined || record.Workload !== 'Exchange' || info === undefined) return;
      records += 1;
      const hour = `${time.slice(0, 13)}:00Z`;
      const client = clientName(info);
      const user = text(record.UserId);
      const key = `${hour}\n${client}\n${user}`;
      const use = uses.get(key) ?? { hour, client, user, operations: {} };
      uses.set(key, use);
      use.operations[record.Operation] = (use.operations[record.Operation] ?? 0) + 1;
      if (record.Operation === 'MoveToDeletedItems' && isRecord(record, 'ExchangeItemGroup'))
        deleted.push(...deletedMessages(record, time, client));
    },
    result: () => ({
      uses: [...uses.values()].sort((a, b) => a.hour.localeCompare(b.hour) || a.user.localeCompare(b.user)),
      deleted: deleted.toSorted((a, b) => a.time.localeCompare(b.time)),
      records,
    }),
  };
}

function deletedMessages(record: AuditRecord, time: string, client: string): DeletedMessage[] {
  const items = Array.isArray(record['AffectedItems']) ? record['AffectedItems'] : [];
  return (items as Record<string, unknown>[]).map((item) => ({
    time,
    user: text(record.UserId),
    mailbox: text(record['MailboxOwnerUPN']),
    client,
    subject: text(item['Subject']),
    internetMessageId: text(item['InternetMessageId']),
    attachments: attachmentNames(item['Attachments']),
  }));
}
