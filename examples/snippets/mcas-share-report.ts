import { EventCategory } from 'mcas-client';
import type { McasClient } from 'mcas-client';

export async function acceptedShares(mcas: McasClient, hours: number): Promise<void> {
  const filters = {
    'activity.eventActionType': { eq: [EventCategory.AcceptShareFile] },
    date: { gte: Date.now() - hours * 3_600_000 },
  };
  for await (const { user, rawDataJson } of mcas.activities.scan({ filters }))
    console.log(user?.userName, rawDataJson?.['ObjectId']);
}
