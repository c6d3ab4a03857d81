import type { Random } from '../random.js';

/** The five content types of the Management Activity API. */
export const contentTypes = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const;
export type ContentType = (typeof contentTypes)[number];

export type Fields = Record<string, unknown>;

/** One record of the feed: its JSON text, and what a publisher must know about it without parsing. */
export interface GeneratedRecord {
  readonly contentType: ContentType;
  readonly recordType: number;
  readonly id: string;
  /** `CreationTime` in milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** What a builder draws from. */
export interface Draft {
  readonly random: Random;
  readonly at: number;
  readonly recordType: number;
  readonly tenantId: string;
  readonly domain: string;
  readonly user: Person;
}

/** What a builder answers: the workload's own fields, and its say in the common ones. */
export interface Built {
  readonly operation: string;
  readonly workload: string;
  readonly resultStatus?: string;
  readonly objectId?: string;
  readonly userId?: string;
  readonly userType?: number;
  readonly clientIp?: string;
  readonly fields: Fields;
}

export interface Person {
  /** The part of the UPN before the `@`. */
  readonly alias: string;
  readonly displayName: string;
  readonly puid: string;
  readonly objectId: string;
  readonly ip: string;
}

/** `YYYY-MM-DDTHH:MM:SS`, UTC without a zone, as the feed writes it. */
export function zoneless(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** The common fields in the order seen on the wire, the workload's own after them. */
export function assemble(draft: Draft, built: Built): Fields {
  const { random, user } = draft;
  return {
    CreationTime: zoneless(draft.at),
    Id: quickGuid(random),
    Operation: built.operation,
    OrganizationId: draft.tenantId,
    RecordType: draft.recordType,
    ...(built.resultStatus !== undefined && { ResultStatus: built.resultStatus }),
    UserKey: user.puid,
    UserType: built.userType ?? 0,
    Version: 1,
    Workload: built.workload,
    ClientIP: built.clientIp ?? user.ip,
    ...(built.objectId !== undefined && { ObjectId: built.objectId }),
    UserId: built.userId ?? `${user.alias}@${draft.domain}`,
    ...built.fields,
  };
}

export function pairs(values: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** A version 4 GUID of four draws: records hold several, and thousands are made at a time. */
export function quickGuid(random: Random): string {
  const word = (): string =>
    random
      .int(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  const [a, b, c, d] = [word(), word(), word(), word()];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
