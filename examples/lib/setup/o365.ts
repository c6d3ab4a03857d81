import { ContentType, contentTypes } from 'o365-activity-client';
import type { O365ActivityClient, Subscription } from 'o365-activity-client';
import { bad, good, messageOf, note } from './findings.js';
import type { Finding } from './findings.js';

const hour = 3_600_000;

/** Subscriptions, and how old the newest content of each type is. Reads only. */
export async function checkO365(
  o365: O365ActivityClient,
  options: { types?: readonly ContentType[]; quietAfterHours?: number; now: number },
): Promise<Finding[]> {
  const { types = contentTypes, quietAfterHours = 24, now } = options;
  let subscriptions: Subscription[];
  try {
    subscriptions = await o365.subscriptions.list();
  } catch (error) {
    return [bad(`Management Activity: ${messageOf(error)}`, 'Nothing can be read before this is solved.')];
  }
  const findings: Finding[] = [];
  for (const type of types) {
    const one = subscriptions.find((each) => each.contentType.toLowerCase() === type.toLowerCase());
    if (one?.status !== undefined && one.status.toLowerCase() !== 'enabled') {
      findings.push(bad(`${type}: the subscription is ${one.status}`, start(type)));
    } else if (!one) findings.push(bad(`${type}: never subscribed by this app`, start(type)));
    else findings.push(await newest(o365, type, now, quietAfterHours));
    const webhook = one?.webhook?.status;
    if (webhook && webhook !== 'enabled')
      findings.push(
        bad(`${type}: its webhook is ${webhook}`, 'Start the subscription again with the webhook.'),
      );
  }
  return findings;
}

const start = (type: ContentType): string => `pnpm example o365-subscriptions start --type ${type}`;

async function newest(
  o365: O365ActivityClient,
  type: ContentType,
  now: number,
  quietAfterHours: number,
): Promise<Finding> {
  try {
    let last = '';
    const span = { from: new Date(now - quietAfterHours * hour), to: new Date(now) };
    for await (const blob of o365.content.list(type, span))
      if (blob.contentCreated > last) last = blob.contentCreated;
    if (last) return good(`${type}: enabled, newest content ${last} (${age(now - Date.parse(last))} ago)`);
  } catch (error) {
    return bad(
      `${type}: ${messageOf(error)}`,
      type === ContentType.Dlp ? 'Grant ActivityFeed.ReadDlp.' : start(type),
    );
  }
  // An empty DLP.All for days is normal where no rule matches.
  const text = `${type}: enabled, nothing for ${quietAfterHours} hours`;
  if (type === ContentType.Dlp) return note(`${text}: needs ActivityFeed.ReadDlp, and rules that match`);
  return bad(text, 'Check unified auditing in the Purview portal, and mailbox auditing for Exchange.');
}

function age(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
