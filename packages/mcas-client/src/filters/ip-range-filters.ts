import type { IpCategory } from '../constants.js';
import type { BooleanFilter, FieldFilter, FilterRules, Is } from './operators.js';

/** Filters of IP ranges. One client reports that the service ignores them. */
export interface IpRangeFilters {
  category?: FieldFilter<IpCategory, Is>;
  tags?: FieldFilter<string, Is>;
  builtIn?: BooleanFilter;
}

export const ipRangeFilterRules: FilterRules<IpRangeFilters> = {
  category: ['number', 'eq', 'neq'],
  tags: ['string', 'eq', 'neq'],
  builtIn: ['boolean', 'eq'],
};
