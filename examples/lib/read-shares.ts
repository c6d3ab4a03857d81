import { EventCategory } from 'mcas-client';
import type { Activity, McasClient } from 'mcas-client';
import { externalUser, guestPrefix } from './share-join.js';

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
  const activities = new Map<string, Activity>();
  const users = new Map<string, Set<string>>();
  const accepted = { 'activity.eventActionType': { eq: [EventCategory.AcceptShareFile] }, date };
  for await (const activity of mcas.activities.scan({ filters: accepted })) {
    activities.set(activity._id, activity);
    const name = activity.user?.userName;
    if (name) users.set(externalUser(name), (users.get(externalUser(name)) ?? new Set()).add(name));
    onProgress(`${activities.size} acceptances`);
  }
  const all = [...users];
  for (let at = 0; at < all.length; at += usersAtOnce) {
    const some = all.slice(at, at + usersAtOnce);
    // One person has two names: the address, and the guest account that it has become in the directory.
    for (const names of [
      { eq: some.flatMap(([user, written]) => [...written.add(user)]) },
      { startswith: some.map(([user]) => guestPrefix(user)) },
    ])
      for await (const activity of mcas.activities.scan({ filters: { 'user.username': names, date } })) {
        activities.set(activity._id, activity);
        onProgress(`${activities.size} activities of ${all.length} external users`);
      }
  }
  return [...activities.values()];
}
