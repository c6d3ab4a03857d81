import type { Activity, McasClient } from 'mcas-client';

/**
 * What was saved in one day, whenever it happened: nothing that comes late is missed. Some minutes after midnight, and
 * resumable: keep the token of the last page that was dealt with.
 */
export async function exportDay(
  mcas: McasClient,
  day: Date,
  deal: (page: Activity[], continuationToken: string | undefined) => Promise<void>,
  continuationToken?: string,
): Promise<void> {
  const gte = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  const query = { filters: { created: { gte, lt: gte + 86_400_000 } }, sortField: 'created' } as const;
  const pages = mcas.activities.scan(query).byPage({ ...(continuationToken && { continuationToken }) });
  for await (const page of pages) await deal(page.items, page.continuationToken);
}
