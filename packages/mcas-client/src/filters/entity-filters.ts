import type { EntityKey, FieldFilter, FilterRules, Is, IsOrSet } from './operators.js';

/** Filters of entities with the documented operators. */
export interface EntityFilters {
  type?: FieldFilter<string, Is>;
  /** Documented as text; a boolean is sent by Microsoft's PowerShell module. */
  isAdmin?: { eq?: boolean | 'true' | 'false' };
  /** A user also gives its accounts. */
  entity?: FieldFilter<EntityKey, Is>;
  userGroups?: FieldFilter<string, Is>;
  app?: FieldFilter<number, Is>;
  instance?: FieldFilter<number, Is>;
  isExternal?: { eq?: boolean | null };
  domain?: FieldFilter<string, IsOrSet>;
  organization?: FieldFilter<string, IsOrSet>;
  /** `0` not available, `1` staged, `2` active, `3` suspended, `4` deleted. */
  status?: FieldFilter<string, Is>;
}

export const entityFilterRules: FilterRules<EntityFilters> = {
  type: ['string', 'eq', 'neq'],
  isAdmin: ['flag', 'eq'],
  entity: ['entity', 'eq', 'neq'],
  userGroups: ['string', 'eq', 'neq'],
  app: ['number', 'eq', 'neq'],
  instance: ['number', 'eq', 'neq'],
  isExternal: ['boolean or null', 'eq'],
  domain: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  organization: ['string', 'eq', 'neq', 'isset', 'isnotset'],
  status: ['string', 'eq', 'neq'],
};
