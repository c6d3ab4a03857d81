import { ArgumentError } from '@repo/client-core';
import { levels } from '../rule.js';
import type { Level, Profile } from '../rule.js';
import type { Alert } from './alert.js';

/** Which alerts go to one output. Everything that is given must hold. */
export interface AlertRoute {
  /** The output's name. */
  to: string;
  /** `chat` outputs receive `toChatAlert` only, by default of level high and above, and nothing historical. */
  kind: 'store' | 'chat';
  /** Default: `high` for chat, everything for stores. */
  minLevel?: Level | undefined;
  /** Tenant ids; default all. */
  tenants?: readonly string[] | undefined;
  profiles?: readonly Profile[] | undefined;
  /** Rule ids or names; default all. */
  rules?: readonly string[] | undefined;
}

/** Returns the outputs of an alert. Historical alerts go to stores only. */
export function createRouter(routes: readonly AlertRoute[]): (alert: Alert) => string[] {
  for (const [i, { minLevel, to }] of routes.entries()) {
    if (typeof to !== 'string' || to === '')
      throw new ArgumentError(`routes[${i}].to`, 'is not a name', 'Name the output.');
    if (minLevel !== undefined && !levels.includes(minLevel))
      throw new ArgumentError(`routes[${i}].minLevel`, `is not a level`, `Levels: ${levels.join(', ')}.`);
  }
  return (alert) => [...new Set(routes.filter((route) => matches(route, alert)).map(({ to }) => to))];
}

function matches(route: AlertRoute, alert: Alert): boolean {
  const { kind, tenants, profiles, rules } = route;
  if (alert.historical && kind === 'chat') return false;
  const minLevel = route.minLevel ?? (kind === 'chat' ? 'high' : 'informational');
  return (
    levels.indexOf(alert.level) >= levels.indexOf(minLevel) &&
    (tenants?.some((id) => id.toLowerCase() === alert.tenantId.toLowerCase()) ?? true) &&
    (profiles?.includes(alert.profile) ?? true) &&
    (rules?.some((rule) => rule === alert.ruleId || rule === alert.ruleName) ?? true)
  );
}

/** Fields that may be in a chat message unless others are named. The license of many rules obliges to keep the author. */
export const chatFields: readonly (keyof Alert)[] = [
  'id',
  'revision',
  'title',
  'level',
  'ruleId',
  'ruleAuthor',
  'ruleLicense',
  'tenantId',
  'actor',
  'address',
  'target',
  'count',
  'first',
  'last',
  'query',
];

/** Only the allowed fields of an alert, for chat outputs: evidence stays where the records are. */
export function toChatAlert(
  alert: Alert,
  fields: readonly (keyof Alert)[] = chatFields,
): Partial<Alert> & Pick<Alert, 'id' | 'revision'> {
  const { id, revision } = alert;
  const allowed = Object.fromEntries(
    fields.filter((name) => alert[name] !== undefined).map((name) => [name, alert[name]]),
  ) as Partial<Alert>;
  return { ...allowed, id, revision };
}
