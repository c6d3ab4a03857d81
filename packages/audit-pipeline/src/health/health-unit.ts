import type { Unit } from '../ports.js';

/** What health needs to know of a unit. Times in ms since the epoch. */
export interface UnitFacts {
  /** Empty for a source without types. */
  type: string;
  createdAt?: number;
  /** A slice of time in which nothing may have happened. */
  mayBeEmpty?: true;
  /** When it can no longer be read. */
  expiresAt?: number;
}

/** Facts of a content blob, or of a slice of time; a unit of another kind has none. */
export function factsOf(unit: Unit): UnitFacts {
  const { blob, to } = unit as {
    blob?: { contentType: string; contentCreated: string; contentExpiration: string };
    to?: unknown;
  };
  if (!blob) return { type: '', ...(typeof to === 'number' && { createdAt: to, mayBeEmpty: true }) };
  const [createdAt, expiresAt] = [Date.parse(blob.contentCreated), Date.parse(blob.contentExpiration)];
  return {
    type: blob.contentType,
    ...(!Number.isNaN(createdAt) && { createdAt }),
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  };
}
