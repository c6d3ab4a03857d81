import { ConfigError } from '../config/config-error.js';
import { nearMiss } from '../config/parse/near-miss.js';
import type { CollectorConfig, TenantConfig } from '../config/types.js';

/** The tenant that a command is for: named, or the only one there is. */
export function pickTenant(
  { file, config }: { file: string; config: CollectorConfig },
  given: string | undefined,
): { name: string; tenant: TenantConfig } {
  const names = Object.keys(config.tenants);
  const name = given ?? (names.length === 1 ? names[0] : undefined);
  const tenant = name === undefined ? undefined : config.tenants[name];
  if (name !== undefined && tenant) return { name, tenant };
  const meant = given === undefined ? undefined : nearMiss(given, names);
  const problem =
    given === undefined ? 'is needed: there are several tenants' : `there is no tenant ${given}`;
  const hint = meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}`;
  throw new ConfigError([{ file, path: '--tenant', problem: `${problem}. ${hint}` }]);
}
