import type { Activity } from '../models/activity.js';
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
export function normalizeActivity(activity: Activity): Record<string, unknown> {
  return changed(activity, {
    timestamp: time,
    instantiation: time,
    created: time,
    entityData: convertIndexedObject,
    resolvedActor: actor,
    resolvedActorAccount: actor,
    location: within({ categoryValue: convertNullText }),
    rawDataJson: within({ CreationTime: time }),
  });
}

export function normalizeAlert(alert: Alert): Record<string, unknown> {
  return changed(alert, {
    timestamp: time,
    resolveTime: time,
    comment: convertNullText,
    handledByUser: convertNullText,
  });
}

export function normalizeFile(file: CloudFile): Record<string, unknown> {
  return changed(file, {
    createdDate: time,
    modifiedDate: time,
    lastNrtTimestamp: time,
    snapshotLastModifiedDate: time,
    fileType: convertTuple,
    fileAccessLevel: convertTuple,
    fileStatus: convertTuple,
  });
}

export function normalizeEntity(entity: Entity): Record<string, unknown> {
  return changed(entity, { lastSeen: time, username: parsePythonKey });
}

export function normalizeIpRange(range: IpRange): Record<string, unknown> {
  return changed(range, { lastModified: time });
}
