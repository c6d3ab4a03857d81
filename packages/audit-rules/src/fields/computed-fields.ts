import { userIdKind } from 'o365-activity-client/records';
import { parseAddress } from './ip.js';
import { Leaf, absent } from './leaf.js';
import type { Resolved } from './leaf.js';
import { domainOf, getRecipients } from './recipients.js';
import type { CompiledTenant } from './tenant-context.js';
import type { NestedJson } from './walk.js';

/** Look-ups that a caller may give; a rule that needs one that is missing is blind. */
export interface Lookups {
  /** The country of an address, for `audit.Country`. */
  country?: ((address: string) => string | undefined) | undefined;
  /** The autonomous system of an address, for `audit.Asn`. */
  asn?: ((address: string) => string | number | undefined) | undefined;
}

interface ComputeInput {
  record: Readonly<Record<string, unknown>>;
  tenant: CompiledTenant;
  lookups: Lookups;
  nested: NestedJson;
}

type Compute = (input: ComputeInput) => readonly (string | number)[];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Fields that no record has as they are here; computed when a rule asks. */
export const computedFields: Readonly<Record<string, Compute>> = {
  'audit.Outcome': ({ record }) => [getOutcome(record)],
  'audit.ClientAddress': ({ record }) => single(getClientAddress(record)),
  'audit.ExternalRecipients': ({ record, tenant, nested }) =>
    tenant.hasDomains
      ? getRecipients(record, nested).filter((address) => !tenant.isOwnDomain(domainOf(address)))
      : [],
  'audit.Country': ({ record, lookups }) => lookUp(record, lookups.country),
  'audit.Asn': ({ record, lookups }) => lookUp(record, lookups.asn),
  'audit.ActorKind': ({ record }) => [getActorKind(record)],
  'audit.Target': ({ record }) => single(getTarget(record)),
  'audit.Network': ({ record, tenant }) => {
    const address = getClientAddress(record);
    return address === undefined ? [] : tenant.networksOf(address);
  },
};

export function resolveComputed(name: string, input: ComputeInput): Resolved {
  const values = computedFields[name]?.(input) ?? [];
  return values.length === 0 ? absent : { present: true, leaves: values.map((value) => new Leaf(value)) };
}

function single<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

function lookUp<T extends string | number>(
  record: Readonly<Record<string, unknown>>,
  find: ((address: string) => T | undefined) | undefined,
): T[] {
  const address = find && getClientAddress(record);
  return address === undefined ? [] : single(find?.(address));
}

/**
 * `success` or `failure`. Sign-ins (record type 15) are judged by Operation, ErrorNumber and LogonError: their
 * ResultStatus tells only of the HTTP exchange.
 */
function getOutcome(record: Readonly<Record<string, unknown>>): 'success' | 'failure' {
  const { Operation, ErrorNumber, LogonError, ResultStatus } = record;
  if (String(record['RecordType']) === '15') {
    const failed = Operation === 'UserLoginFailed' || isText(LogonError) || isErrorNumber(ErrorNumber);
    return failed ? 'failure' : 'success';
  }
  return /fail|false|error|denied/i.test(isText(ResultStatus) ? ResultStatus : '') ? 'failure' : 'success';
}

/** Written as text or as a number; 0 and nothing are no error. */
function isErrorNumber(value: unknown): boolean {
  return typeof value === 'number' ? value !== 0 : isText(value) && !/^0+$/.test(value.trim());
}

/** The address an action came from, without port and IPv4 mapping. */
export function getClientAddress(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['ClientIP', 'ClientIPAddress', 'ActorIpAddress']) {
    const text = record[name];
    const address = typeof text === 'string' ? parseAddress(text) : undefined;
    if (address !== undefined) return address;
  }
  return undefined;
}

export type ActorKind = 'user' | 'guest' | 'service principal' | 'system';

export function getActorKind(record: Readonly<Record<string, unknown>>): ActorKind {
  const type = Number(record['UserType']);
  const user = record['UserId'];
  if (type === 10 || (isText(user) && user.toUpperCase().includes('#EXT#'))) return 'guest';
  const kind = userIdKind(user);
  if (type === 5 || type === 6 || kind === 'service-principal') return 'service principal';
  if ([3, 4, 7, 8].includes(type) || kind === 'system') return 'system';
  return 'user';
}

/** What an action was done to. */
export function getTarget(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['TargetUserOrGroupName', 'ObjectId', 'MailboxOwnerUPN', 'SourceFileName', 'TeamName'])
    if (isText(record[name])) return record[name];
  return undefined;
}
