import type { McasRecord } from '../records.js';
import type { FilterField, FilterTable } from './evaluate.js';
import { isObject } from './operators.js';
import type { OperatorName } from './operators.js';
import { at, or, times } from './read.js';

const eq: readonly OperatorName[] = ['eq'];
const is: readonly OperatorName[] = ['eq', 'neq'];
const isOrSet: readonly OperatorName[] = [...is, 'isset', 'isnotset'];
const span: readonly OperatorName[] = ['lte', 'gte', 'range'];
const spanOrDays: readonly OperatorName[] = [...span, 'lte_ndays', 'gte_ndays'];

export const alertFilters: FilterTable = {
  name: 'alerts',
  fields: {
    'entity.entity': on(is, accounts),
    'entity.user': on(eq, accounts),
    'entity.ip': on(is, entitiesOf('ip')),
    'entity.service': on(is, entitiesOf('service')),
    'entity.instance': on(is, at('entities.inst')),
    'entity.policy': on(is, entitiesOf('policyRule')),
    'entity.file': on(is, entitiesOf('file')),
    alertOpen: on(eq, (alert) => [(alert['resolutionStatusValue'] ?? 0) === 0]),
    severity: on(is, at('severityValue')),
    resolutionStatus: on(is, or(0, at('resolutionStatusValue'))),
    read: on(eq, (alert) => [alert['statusValue'] !== 0]),
    date: on(spanOrDays, at('timestamp')),
    resolutionDate: on(span, times(at('resolveTime'))),
    risk: on(is, at('threatScore')),
    alertType: on(is, at('idValue')),
    id: on(is, at('_id')),
    source: on(eq, (alert) => [alert['isSystemAlert'] === true ? 'built-in' : 'policy']),
  },
};

/** `lastSeen` is gone, and refused. `score` left the documents as well; nothing holds a score any more. */
export const entityFilters: FilterTable = {
  name: 'entities',
  fields: {
    type: on(is, at('type')),
    isAdmin: on(eq, at('isAdmin')),
    entity: on(is, (one) => [{ id: one['id'], saas: 11161, inst: 0 }, ...owners(one)]),
    userGroups: on(is, at('userGroups.id', 'userGroups._id')),
    app: on(is, at('appData.appId')),
    instance: on(is, at('appData.instance')),
    isExternal: on(eq, at('isExternal')),
    domain: on(isOrSet, at('domain')),
    organization: on(isOrSet, at('organization')),
    status: on(is, at('status')),
  },
};

export const fileFilters: FilterTable = {
  name: 'files',
  fields: {
    service: on(is, at('appId')),
    instance: on(is, at('instId')),
    fileType: on(is, at('ftype')),
    // Everything here exists, so that deleted files are neither added nor left out.
    allowDeleted: on(eq, () => [true, false]),
    policy: on(['cabinetmatchedrulesequals', 'neq', 'isset', 'isnotset'], at('matchedPolicies')),
    filename: on(['eq', 'text'], at('name')),
    modifiedDate: on(spanOrDays, at('modifiedDate')),
    createdDate: on(span, at('createdDate')),
    snapshotLastModifiedDate: on(span, times(at('snapshotLastModifiedDate'))),
    'collaborators.entity': on(is, at('collaborators')),
    'collaborators.users': on(is, at('collaborators.email', 'emails')),
    'collaborators.domains': on(is, at('domains')),
    'collaborators.groups': on(is, at('groupIds', 'groups')),
    'collaborators.withDomain': on([...is, 'deq'], at('domains')),
    'owner.entity': on(is, (file) => [{ id: file['ownerAddress'], saas: 11161, inst: 0 }]),
    'owner.username': on(is, at('ownerAddress')),
    'owner.orgUnit': on(is, at('ownerOrgUnit')),
    sharing: on(is, at('facl')),
    fileId: on(is, at('id', '_id')),
    extension: on(is, at('fileExtension')),
    mimeType: on(is, at('mimeType')),
    fileLabels: on(isOrSet, at('fTags')),
    fileScanLabels: on(isOrSet, at('fTags')),
    trashed: on(eq, (file) => [file['fstat'] === 1]),
    folder: on(eq, at('isFolder')),
    quarantined: on(eq, (file) => [file['quarantined'] === true]),
    parentFolder: on(is, at('parentId')),
  },
};

export const rangeFilters: FilterTable = {
  name: 'subnet',
  fields: {
    category: on(is, at('category')),
    tags: on(is, at('tags.id', 'tags._id')),
    builtIn: on(eq, or(false, at('builtIn'))),
  },
};

function on(operators: readonly OperatorName[], read: FilterField['read']): FilterField {
  return { operators, read };
}

function alertEntities(alert: McasRecord): Record<string, unknown>[] {
  const { entities } = alert;
  return Array.isArray(entities) ? entities.filter(isObject) : [];
}

function entitiesOf(type: string): FilterField['read'] {
  return (alert) =>
    alertEntities(alert)
      .filter((one) => one['type'] === type)
      .map((one) => one['id']);
}

function accounts(alert: McasRecord): unknown[] {
  return alertEntities(alert).filter((one) => one['type'] === 'account' || one['type'] === 'user');
}

/** A user brings its accounts along. */
function owners(one: McasRecord): unknown[] {
  return one['type'] === 1 && one['email'] ? [{ id: one['email'], saas: 11161, inst: 0 }] : [];
}
