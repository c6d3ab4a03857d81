import { contoso } from '../contoso.js';
import type { McasActivity } from '../../services/mcas/records.js';
import type { Random } from '../random.js';
import type { Kind } from './kinds.js';
import { allStaff, externalUsers, mcasTenant } from './people.js';
import type { Person, Place } from './people.js';
import { rawData } from './raw-data.js';
import { fileUrl, itemId, siteId } from './library.js';
import type { LibraryFile } from './library.js';
import type { Happening } from './event-time.js';

/** One activity in the shape of the published sample, its keys in the same order. */
export function buildActivity(happening: Happening): McasActivity {
  const { kind, actor, place, file, timestamp, created, random } = happening;
  const eventId = random.guid();
  const _id = activityId(kind, eventId, timestamp, random);
  // Now and then `uid` is another id than `_id`: only `_id` is the key.
  const uid = random.int(400) === 0 ? random.guid() : _id;
  const instantiation = created - 1000 - random.int(4000);
  const failed = kind.category === 'EVENT_CATEGORY_FAILED_LOGIN';
  const tags = [actor.external ? externalUsers : allStaff];
  const target = file ? fileUrl(file) : '';
  const description = describe(kind, actor, file);
  return {
    _id,
    tenantId: mcasTenant,
    aadTenantId: contoso.tenantId,
    appId: kind.appId,
    saasId: kind.appId,
    timestamp,
    timestampRaw: timestamp,
    instantiation,
    instantiationRaw: instantiation,
    created,
    createdRaw: created,
    eventType: kind.eventType,
    eventTypeValue: kind.eventTypeValue,
    eventRouting: {
      scubaUnpacker: false,
      lograbber: true,
      auditing: true,
      ...(kind.admin && { adminEvent: true }),
    },
    device: { clientIP: place.ip, userAgent: agentText, countryCode: place.countryCode },
    location: locationOf(place),
    user: { userName: actor.upn, userTags: tags },
    ...(failed && { failedUserData: { userName: actor.upn } }),
    userAgent: userAgent(random),
    internals: { otherIPs: [place.ip] },
    mainInfo: {
      eventObjects: eventObjects(happening, target, tags),
      rawOperationName: kind.operation,
      prettyOperationName: kind.operation,
      type: failed ? 'failedLogin' : 'basic',
      ...(failed && { activityResult: { isSuccess: false, message: '50126' } }),
    },
    confidenceLevel: 20,
    source: 2,
    lograbberService: { o365EventGrabber: true, gediEvent: true },
    srcAppId: 11161,
    collected: collected(kind, timestamp, created, random),
    rawDataJson: rawData(happening, eventId, target),
    resolvedActor: {
      id: actor.id,
      saasId: '11161',
      instanceId: '0',
      tags,
      objType: '23',
      name: actor.name,
      role: '4',
      resolved: true,
    },
    uid,
    appName: kind.appName,
    eventTypeName: kind.category,
    classifications: kind.category === 'EVENT_CATEGORY_LOGIN' ? ['access'] : [],
    entityData: {
      '0': { displayName: actor.name, id: { id: actor.upn, saas: 11161, inst: 0 }, resolved: true },
      '1': null,
      '2': { displayName: actor.name, id: { id: actor.id, saas: 11161, inst: 0 }, resolved: true },
    },
    description_id: 'EVENT_DESCRIPTION_BASIC_EVENT',
    description_metadata: {
      target_object: target,
      operation_name: kind.operation,
      colon: target && ': ',
      dash: '',
      event_category: kind.category,
    },
    description,
    genericEventType: kind.generic,
    severity: 'INFO',
  };
}

function locationOf(place: Place): object {
  return {
      countryCode: place.countryCode,
      city: place.city,
      region: place.city,
      longitude: place.longitude,
      latitude: place.latitude,
      organizationSearchable: place.organization,
      carrier: place.organization,
      anonymousProxy: place.category === 3,
      isSatelliteProvider: false,
      category: place.category,
      categoryValue: place.category === 1 ? 'CORPORATE' : 'NONE',
      ipTags: place.ipTags,
    };
}

const agentText = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Edg/130.0.0.0';

/** The forms that ids were seen in: tenant_app_guid, 64 hex digits, ms_guid, 20 characters. */
function activityId(kind: Kind, eventId: string, timestamp: number, random: Random): string {
  if (kind.appId === 20892 || kind.appId === 15600) return `${mcasTenant}_${kind.appId}_${eventId}`;
  const digits = `${eventId}${random.guid()}${random.guid()}`.replaceAll('-', '');
  if (kind.appId === 11161) return digits.slice(0, 64);
  return kind.admin ? digits.slice(0, 20) : `${timestamp}_${eventId}`;
}

function describe(kind: Kind, actor: Person, file: LibraryFile | undefined): string {
  if (kind.category === 'EVENT_CATEGORY_LOGIN') return 'Log on';
  if (kind.category === 'EVENT_CATEGORY_FAILED_LOGIN') return 'Failed log on';
  if (kind.category === 'EVENT_CATEGORY_ACCEPT_SHARE_FILE' && file)
    return `Accept sharing invitation: file ${fileUrl(file)}, user ${actor.name}`;
  return file ? `${kind.operation}: file ${fileUrl(file)}` : kind.operation;
}

function eventObjects({ kind, actor, file }: Happening, target: string, tags: string[]): unknown[] {
  const account = { tags, name: actor.name, instanceId: 0, resolved: true, saasId: 11161 };
  return [
    ...(file
      ? [
          {
            objType: 1,
            role: 3,
            tags: [],
            name: file.siteUrl,
            id: siteId(file),
            serviceObjectType: `${kind.workload} Site Collection`,
          },
        ]
      : []),
    ...(file
      ? [{ objType: 2, role: 1, tags: [], name: target, id: itemId(file), serviceObjectType: 'File' }]
      : []),
    { objType: 21, role: 4, ...account, id: actor.upn, link: -162371649 },
    { objType: 23, role: 4, ...account, id: actor.id, link: -162371649, governable: !actor.external },
  ];
}

function collected(kind: Kind, timestamp: number, created: number, random: Random): Record<string, unknown> {
  if (kind.appId === 11161)
    return {
      aadLogins: { correlationId: random.guid(), enqueueTime: created - 9000, routingTime: created - 8000 },
    };
  const blobCreated = new Date(timestamp + 167_617).toISOString().replace('Z', '0000Z');
  const feed = kind.appId === 20893 ? 'exchange' : 'sharepoint';
  const blobId = `${blobCreated.replace(/\D/g, '')}$audit_${feed}$Audit_${feed}$emea0029`;
  return { o365: { blobCreated, blobId } };
}

function userAgent(random: Random): Record<string, unknown> {
  const mobile = random.int(8) === 0;
  const os = mobile ? 'iOS' : 'Windows 10';
  return {
    family: mobile ? 'MOBILE_SAFARI' : 'MICROSOFT_EDGE',
    name: mobile ? 'Mobile Safari' : 'Microsoft Edge',
    operatingSystem: { name: os, family: mobile ? 'iOS' : 'Windows' },
    type: 'Browser',
    typeName: 'Browser',
    deviceType: mobile ? 'MOBILE' : 'DESKTOP',
    nativeBrowser: false,
    tags: random.int(20) === 0 ? ['000000010000000000000000'] : [],
    os: os.toUpperCase().replace(' ', '_'),
    browser: mobile ? 'MOBILE_SAFARI' : 'MICROSOFT_EDGE',
  };
}
