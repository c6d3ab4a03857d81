import { EventCategory } from 'mcas-client';
import type { Activity, McasClient } from 'mcas-client';

/** Users per question: the filter travels with every page. */
const usersAtOnce = 50;

/**
 * The acceptances of a span, and what those who accepted did since: asked by user, since a wide scan of all file
 * activities of a large tenant would need thousands of pages.
 */
export async function readShares(
  mcas: McasClient,
  span: { from: number; to: number },
  onProgress: (line: string) => void = () => {},
): Promise<Activity[]> {
  const date = { gte: span.from, lte: span.to };
  const activities: Activity[] = [];
  const users = new Set<string>();
  const accepted = { 'activity.eventActionType': { eq: [EventCategory.AcceptShareFile] }, date };
  for await (const activity of mcas.activities.scan({ filters: accepted })) {
    activities.push(activity);
    const user = activity.user?.userName;
    if (user) users.add(user);
    onProgress(`${activities.length} acceptances`);
  }
  const names = [...users];
  for (let at = 0; at < names.length; at += usersAtOnce) {
    const filters = { 'user.username': { eq: names.slice(at, at + usersAtOnce) }, date };
    for await (const activity of mcas.activities.scan({ filters })) {
      // The acceptances come again here.
      if (activity.eventTypeName !== EventCategory.AcceptShareFile) activities.push(activity);
      onProgress(`${activities.length} activities of ${names.length} external users`);
    }
  }
  return activities;
}
