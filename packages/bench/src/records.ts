import { generateAuditRecords } from 'audit-emulator';

/** Texts of audit records of every kind, the same each time. */
export function recordTexts(count: number): string[] {
  const to = Date.UTC(2026, 10, 20);
  return [...generateAuditRecords({ seed: 'bench', count, from: to - 86_400_000, to })].map(
    ({ text }) => text,
  );
}
