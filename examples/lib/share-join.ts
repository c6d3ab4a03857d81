import type { Activity } from 'mcas-client';
import { toShareReportRow } from './share-report.js';
import type { ShareReportRow } from './share-report.js';

/** What the report can make rows of. `accept` is the basis: the others count only for who accepted that file. */
export const shareEvents = ['accept', 'view', 'download', 'edit'] as const;
export type ShareEvent = (typeof shareEvents)[number];

const operations: Readonly<Record<string, ShareEvent>> = {
  FileAccessed: 'view',
  FileAccessedExtended: 'view',
  FilePreviewed: 'view',
  FileDownloaded: 'download',
  FileSyncDownloadedFull: 'download',
  FileSyncDownloadedPartial: 'download',
  FileModified: 'edit',
  FileModifiedExtended: 'edit',
};

/** The report's row with what the join found. Times are ISO 8601 UTC, "" where there is none. */
export interface JoinedShareRow extends ShareReportRow {
  Event: ShareEvent;
  ActivityId: string;
  /** When the user of this row accepted this file. */
  AcceptedDateTime: string;
  /** How often the same user opened, downloaded or edited the same file after accepting it. */
  AccessCount: number;
  FirstAccessDateTime: string;
  LastAccessDateTime: string;
}

/** `ada_fabrikam.example#EXT#@contoso.example`, as guests are called in the tenant's directory, is ada@fabrikam.example. */
export function externalUser(name: string): string {
  const lower = name.toLowerCase();
  const guest = /^(.+)_([^_]+)#ext#@/.exec(lower);
  return guest ? `${guest[1]}@${guest[2]}` : lower;
}

/** How the guest account of ada@fabrikam.example begins, whatever the tenant: ada_fabrikam.example#EXT# */
export function guestPrefix(user: string): string {
  const at = user.lastIndexOf('@');
  return at < 0 ? user : `${user.slice(0, at)}_${user.slice(at + 1)}#EXT#`;
}

/** One file however its address is written: decoded, in lower case, without query. */
export function fileKey(url: string): string {
  const plain = url.split('?')[0] ?? '';
  try {
    return decodeURI(plain).toLowerCase();
  } catch {
    return plain.toLowerCase();
  }
}

export function eventOf(activity: Activity): ShareEvent | undefined {
  if (activity.eventTypeName === 'EVENT_CATEGORY_ACCEPT_SHARE_FILE') return 'accept';
  const operation = activity.mainInfo?.rawOperationName ?? '';
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

interface Flat {
  event: ShareEvent;
  row: ShareReportRow;
  id: string;
  at: number;
  key: string;
}

function flatten(activity: Activity): Flat | undefined {
  const event = eventOf(activity);
  if (!event) return undefined;
  const row = toShareReportRow(activity);
  const key = `${externalUser(row.UserId)}\n${fileKey(row.ObjectId || row.FileUrl)}`;
  return { event, row, id: activity._id, at: activity.timestamp, key };
}

/**
 * Joins acceptances with later accesses of the same file by the same external user. An access before the
 * acceptance, by somebody else or of another file is no part of the report.
 */
export function joinShares(
  activities: Iterable<Activity>,
  options: { events?: readonly ShareEvent[]; libraries?: readonly string[] } = {},
): JoinedShareRow[] {
  const { events = ['accept'], libraries = [] } = options;
  const prefixes = libraries.map(fileKey);
  const groups = new Map<string, Flat[]>();
  for (const activity of activities) {
    const flat = flatten(activity);
    if (!flat) continue;
    const file = fileKey(flat.row.ObjectId || flat.row.FileUrl);
    if (prefixes.length > 0 && !prefixes.some((prefix) => file.startsWith(prefix))) continue;
    const group = groups.get(flat.key);
    if (group) group.push(flat);
    else groups.set(flat.key, [flat]);
  }
  return [...groups.values()]
    .flatMap((group) => joinGroup(group))
    .filter(({ flat }) => events.includes(flat.event))
    .sort((a, b) => a.flat.at - b.flat.at)
    .map(({ row }) => row);
}

/** Everything one user did to one file. */
function joinGroup(group: Flat[]): { flat: Flat; row: JoinedShareRow }[] {
  const sorted = group.toSorted((a, b) => a.at - b.at);
  const accepted = sorted.find((one) => one.event === 'accept');
  if (!accepted) return [];
  const later = sorted.filter((one) => one.event !== 'accept' && one.at >= accepted.at);
  const iso = (one: Flat | undefined): string => (one ? new Date(one.at).toISOString() : '');
  const join = {
    AcceptedDateTime: iso(accepted),
    AccessCount: later.length,
    FirstAccessDateTime: iso(later[0]),
    LastAccessDateTime: iso(later.at(-1)),
  };
  return sorted
    .filter((one) => one.at >= accepted.at)
    .map((flat) => ({ flat, row: { ...flat.row, Event: flat.event, ActivityId: flat.id, ...join } }));
}
