import type { Activity, ActivityActor, ActivityEntity } from '../models/activity.js';
import type { Alert } from '../models/alert.js';
import type { CloudFile, Entity, IpRange } from '../models/others.js';
import {
  toIsoTime,
  convertIndexedObject,
  parsePythonKey,
  parseIntegerText,
  convertNullText,
  convertTuple,
} from './normalize-values.js';

/** A record whose named fields have other types. Fields that are not what the service documents stay as they were. */
export type Normalized<T, Changes> = {
  [Field in keyof T as Field extends keyof Changes ? never : Field]: T[Field];
} & Changes;

export type NormalizedActor = Normalized<
  ActivityActor,
  { saasId?: number; instanceId?: number; objType?: number; role?: number }
>;

/** Times are ISO 8601 UTC. */
export type NormalizedActivity<Raw = Record<string, unknown>> = Normalized<
  Activity<Raw>,
  {
    timestamp: string;
    instantiation?: string;
    created?: string;
    entityData?: (ActivityEntity | null)[];
    resolvedActor?: NormalizedActor;
    resolvedActorAccount?: NormalizedActor;
  }
>;
export type NormalizedAlert = Normalized<
  Alert,
  { timestamp: string; resolveTime?: string; comment?: string | null; handledByUser?: string | null }
>;

/** A number of the service with its name. */
export interface NamedValue {
  value: number;
  name: string;
}
export type NormalizedFile = Normalized<
  CloudFile,
  {
    createdDate?: string;
    modifiedDate?: string;
    lastNrtTimestamp?: string;
    snapshotLastModifiedDate?: string;
    fileType?: NamedValue;
    fileAccessLevel?: NamedValue;
    fileStatus?: NamedValue;
  }
>;
export type NormalizedEntity = Normalized<
  Entity,
  { lastSeen?: string | null; username?: string | { id: string; saas: number; inst: number } }
>;
export type NormalizedIpRange = Normalized<IpRange, { lastModified?: string }>;

type Change = (value: unknown) => unknown;

/** Applies changes to the named fields that are there; everything else is handed on as it is. */
function changed(record: object, changes: Readonly<Record<string, Change>>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...record };
  for (const [name, change] of Object.entries(changes))
    if (Object.hasOwn(result, name)) result[name] = change(result[name]);
  return result;
}

const within =
  (changes: Readonly<Record<string, Change>>): Change =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? changed(value, changes) : value;

const time: Change = (value) => toIsoTime(value) ?? value;
const actor = within({
  saasId: parseIntegerText,
  instanceId: parseIntegerText,
  objType: parseIntegerText,
  role: parseIntegerText,
});

/** Times as ISO text, `entityData` as an array, numbers of the actors as numbers, "null" as null. */
export function normalizeActivity<Raw>(activity: Activity<Raw>): NormalizedActivity<Raw> {
  return changed(activity, {
    timestamp: time,
    instantiation: time,
    created: time,
    entityData: convertIndexedObject,
    resolvedActor: actor,
    resolvedActorAccount: actor,
    location: within({ categoryValue: convertNullText }),
    rawDataJson: within({ CreationTime: time }),
  }) as NormalizedActivity<Raw>;
}

export function normalizeAlert(alert: Alert): NormalizedAlert {
  return changed(alert, {
    timestamp: time,
    resolveTime: time,
    comment: convertNullText,
    handledByUser: convertNullText,
  }) as NormalizedAlert;
}

export function normalizeFile(file: CloudFile): NormalizedFile {
  return changed(file, {
    createdDate: time,
    modifiedDate: time,
    lastNrtTimestamp: time,
    snapshotLastModifiedDate: time,
    fileType: convertTuple,
    fileAccessLevel: convertTuple,
    fileStatus: convertTuple,
  }) as NormalizedFile;
}

export function normalizeEntity(entity: Entity): NormalizedEntity {
  return changed(entity, { lastSeen: time, username: parsePythonKey });
}

export function normalizeIpRange(range: IpRange): NormalizedIpRange {
  return changed(range, { lastModified: time }) as NormalizedIpRange;
}
