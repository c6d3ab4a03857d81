import { hash } from 'node:crypto';

/** The same parts give the same id on every machine: a UUID made of their SHA-256. */
export function createAlertId(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(parts));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
