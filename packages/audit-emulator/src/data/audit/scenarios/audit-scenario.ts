import { contoso } from '../../contoso.js';
import { generateAuditRecords } from '../generate.js';
import type { GeneratedRecord } from '../shapes.js';
import { classicPlots } from './classic-plots.js';
import type { ClassicScenarioName } from './classic-plots.js';
import { collaborationPlots } from './collaboration-plots.js';
import type { CollaborationScenarioName } from './collaboration-plots.js';
import { identityPlots } from './identity-plots.js';
import type { IdentityScenarioName } from './identity-plots.js';
import { mailPlots } from './mail-plots.js';
import type { MailScenarioName } from './mail-plots.js';
import type { Play, Plots } from './plot.js';
import { Stage } from './stage.js';

export type AuditScenarioName =
  | ClassicScenarioName
  | MailScenarioName
  | IdentityScenarioName
  | CollaborationScenarioName;

const plots: Plots<AuditScenarioName> = {
  ...classicPlots,
  ...mailPlots,
  ...identityPlots,
  ...collaborationPlots,
};

/** Every scenario: one or more for each detection of the usual catalogs of Microsoft 365 audit rules. */
export const auditScenarioNames: readonly AuditScenarioName[] = Object.keys(plots) as AuditScenarioName[];

/** Those that the seeded week holds. */
export const weekScenarioNames: readonly AuditScenarioName[] = Object.keys(classicPlots) as AuditScenarioName[];

/** Something an alert rule must find, and its innocent twin, which the rule must leave. */
export interface AuditScenario {
  readonly name: AuditScenarioName;
  /** The story, in order of time; its records are of several workloads. */
  readonly hit: readonly GeneratedRecord[];
  readonly nearMiss: readonly GeneratedRecord[];
  /** What others do in the same hour. */
  readonly noise: readonly GeneratedRecord[];
}

export interface AuditScenarioOptions {
  /** Of the first event, in milliseconds since the epoch. */
  at: number;
  /** Same seed, same records. Default `contoso`. */
  seed?: string | undefined;
  tenantId?: string | undefined;
  domain?: string | undefined;
}

const minute = 60_000;

/** Builds a scenario whose first event happens at `at`. */
export function auditScenario(name: AuditScenarioName, options: AuditScenarioOptions): AuditScenario {
  const { at, seed = 'contoso', tenantId = contoso.tenantId, domain = contoso.domain } = options;
  const key = `${seed}/audit-scenario/${name}/${at}`;
  const play: Play = plots[name];
  const { hit, nearMiss } = play(new Stage({ at, seed: key, tenantId, domain }));
  const span = { from: at - 20 * minute, to: at + 60 * minute };
  const noise = [...generateAuditRecords({ seed: key, count: 12, ...span, tenantId, domain })];
  return { name, hit, nearMiss, noise };
}
