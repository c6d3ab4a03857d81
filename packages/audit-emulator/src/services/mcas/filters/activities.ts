import type { McasRecord } from '../records.js';
import type { FilterField, FilterTable } from './evaluate.js';
import type { OperatorName } from './operators.js';
import { at, or } from './read.js';

const is: readonly OperatorName[] = ['eq', 'neq'];
const isOrSet: readonly OperatorName[] = [...is, 'isset', 'isnotset'];
const isOrStarts: readonly OperatorName[] = [...isOrSet, 'startswith'];

/** The documented filters of activities, and three that left the documents but that clients still send. */
export const activityFilters: FilterTable = {
  name: 'activities',
  fields: {
    service: on(is, at('appId', 'saasId')),
    instance: on(is, or(0, at('instanceId', 'mainInfo.eventObjects.instanceId'))),
    'user.orgUnit': on(isOrSet, at('user.orgUnit')),
    'user.username': on(isOrStarts, at('user.userName')),
    'user.tags': on(isOrStarts, at('user.userTags')),
    'user.domain': on(isOrSet, (record) =>
      at('user.userName')(record).map((name) => String(name).split('@')[1]),
    ),
    entity: on(isOrStarts, entities),
    actionType: on(['contains', ...isOrSet], actionTypes),
    'activity.actionType': on(['contains', ...isOrSet], actionTypes),
    'activity.eventActionType': on(is, at('eventTypeName', 'eventTypeValue')),
    'activity.eventType': on(is, at('eventTypeName', 'eventTypeValue')),
    'activity.id': on(['eq'], at('_id')),
    'activity.impersonated': on(['eq'], or(false, at('mainInfo.impersonated'))),
    'activity.type': on(['eq'], or(false, at('eventRouting.adminEvent'))),
    'activity.takenAction': on(is, at('performedActions.action')),
    'activity.alertId': on(is, at('alertIds')),
    'activity.azureSubscriptions': on(is, at('collected.azure.subscriptionId')),
    activityObject: on(is, at('mainInfo.eventObjects.id', 'mainInfo.eventObjects.name')),
    'device.type': on(is, at('userAgent.deviceType')),
    'device.tags': on(is, at('userAgent.tags', 'device.tags')),
    'userAgent.userAgent': on(['contains', 'ncontains'], at('device.userAgent', 'userAgent.name')),
    'userAgent.tags': on(is, at('userAgent.tags')),
    'location.country': on(isOrSet, at('location.countryCode')),
    'location.organizations': on([...isOrSet, 'contains'], at('location.organizationSearchable')),
    'ip.address': on([...isOrStarts, 'doesnotstartwith'], at('device.clientIP')),
    'ip.category': on(is, at('location.category')),
    'ip.tags': on(is, at('location.ipTags')),
    fileSelector: on(is, at('rawDataJson.ListItemUniqueId')),
    fileId: on(['eq'], at('rawDataJson.ListItemUniqueId')),
    fileLabels: on(isOrSet, at('fileLabels')),
    office365url: on(['startswith', 'eq', 'endswith'], at('rawDataJson.ObjectId')),
    text: on(
      ['eq', 'startswithsingle', 'text'],
      at('description', 'user.userName', 'mainInfo.eventObjects.name'),
    ),
    date: on(['lte', 'gte', 'range', 'lte_ndays', 'gte_ndays'], at('timestamp')),
    created: on(['lte', 'gte', 'range', 'gt', 'lt', 'eq'], at('created')),
    policy: on(isOrSet, at('matchingRules')),
    source: on(is, at('source')),
  },
};

function on(operators: readonly OperatorName[], read: FilterField['read']): FilterField {
  return { operators, read };
}

function entities(record: McasRecord): unknown[] {
  return at('entityData.0.id', 'entityData.1.id', 'entityData.2.id')(record) as unknown[];
}

/** `11161:EVENT_AAD_LOGIN:OAuth2:Authorize`: app, event type, operation; the operation alone as well. */
function actionTypes(record: McasRecord): unknown[] {
  const event = `${String(record['appId'])}:${String(record['eventTypeValue'])}`;
  const operation = at('mainInfo.rawOperationName')(record);
  return [event, ...operation, ...operation.map((name) => `${event}:${String(name)}`)];
}
