import { contentTypes } from '../../data/audit/index.js';
import type { ContentType } from '../../data/audit/index.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import type { AppInit } from '../entra/state.js';
import type { McasActivity, McasAlert } from '../mcas/records.js';

type Fields = Record<string, unknown>;

function textOf(body: Fields, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" is a text.`);
  return value;
}

function listOf(body: Fields, name: string): Fields[] {
  const value = body[name];
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'object' || one === null))
    throw new TypeError(`"${name}" is an array of objects.`);
  return value as Fields[];
}

function timeOf(value: unknown, name: string): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  if (time !== undefined && (typeof time !== 'number' || Number.isNaN(time)))
    throw new TypeError(`"${name}" is milliseconds since the epoch or an ISO 8601 time.`);
  return time;
}

/** What a program that is not in this process can put into the tenant, by the word after `/_emulator/`. */
export const additions: Readonly<Record<string, (state: EmulatorState, body: Fields) => Fields>> = {
  apps: ({ entra }, body) => {
    const init = {
      ...body,
      tenantId: textOf(body, 'tenantId'),
      clientId: textOf(body, 'clientId'),
    } as AppInit;
    if (!entra.findTenant(init.tenantId)) throw new TypeError(`There is no tenant ${init.tenantId}.`);
    return { clientId: entra.registerApp(init).clientId };
  },
  certificates: ({ entra }, body) => ({
    ...entra.registerCertificate(textOf(body, 'clientId'), textOf(body, 'pem')),
  }),
  secrets: ({ keyVault }, body) => ({
    version: keyVault.setSecret(textOf(body, 'name'), textOf(body, 'value')).version,
  }),
  users: ({ graph }, body) => {
    const user = { ...body, id: textOf(body, 'id'), userPrincipalName: textOf(body, 'userPrincipalName') };
    graph.users.push(user);
    return { id: user.id };
  },
  records: ({ managementActivity }, body) => {
    const contentType = textOf(body, 'contentType');
    if (!contentTypes.includes(contentType as ContentType))
      throw new TypeError(`"contentType" is one of ${contentTypes.join(', ')}.`);
    const created = timeOf(body['created'], 'created');
    const listedFrom = timeOf(body['listedFrom'], 'listedFrom');
    const blob = managementActivity.publish(contentType as ContentType, listOf(body, 'records'), {
      ...(created !== undefined && { created }),
      ...(listedFrom !== undefined && { listedFrom }),
      ...(body['tenantId'] !== undefined && { tenantId: textOf(body, 'tenantId') }),
    });
    return { contentId: blob.contentId };
  },
  activities: ({ mcas }, body) => {
    const records = listOf(body, 'records');
    mcas.activities.push(...(records as unknown as McasActivity[]));
    return { activities: mcas.activities.length };
  },
  alerts: ({ mcas }, body) => {
    const records = listOf(body, 'records');
    mcas.alerts.push(...(records as unknown as McasAlert[]));
    return { alerts: mcas.alerts.length };
  },
  live: ({ managementActivity }, body) => {
    const { perMinute } = body;
    if (perMinute !== 0 && !(typeof perMinute === 'number' && perMinute > 0))
      throw new TypeError('"perMinute" is how many records happen in a minute; 0 ends it.');
    managementActivity.live(perMinute === 0 ? false : { intervalInMs: liveIntervalInMs(perMinute) });
    return { perMinute };
  },
};

/** Blobs hold forty records on average. */
export function liveIntervalInMs(perMinute: number): number {
  return Math.max(1, Math.round((60_000 * 40) / perMinute));
}
