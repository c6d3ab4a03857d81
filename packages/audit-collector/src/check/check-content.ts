import { ContentType, contentTypes } from 'o365-activity-client';
import type { O365ActivityClient, Subscription } from 'o365-activity-client';
import { getMessage, note, ok, red } from './finding.js';
import type { Finding } from './finding.js';

const hour = 3_600_000;

/** Subscriptions, and how old the newest content of each type is. Reads only. */
export async function checkContent(
  o365: O365ActivityClient,
  options: {
    types?: readonly ContentType[];
    quietAfterHours?: number;
    now: number;
    /** A run starts what is off. */
    startSubscriptions?: boolean;
  },
): Promise<Finding[]> {
  const { types = contentTypes, quietAfterHours = 24, now, startSubscriptions = false } = options;
  let subscriptions: Subscription[];
  try {
    subscriptions = await o365.subscriptions.list();
  } catch (error) {
    return [red(`Management Activity: ${getMessage(error)}`, 'Nothing can be read before this is solved.')];
  }
  const findings: Finding[] = [];
  const off = (what: string, remedy: string): Finding =>
    startSubscriptions ? note(`${what}; a run starts it`) : red(what, remedy);
  for (const type of types) {
    const subscription = subscriptions.find((each) => each.contentType.toLowerCase() === type.toLowerCase());
    if (subscription?.status !== undefined && subscription.status.toLowerCase() !== 'enabled') {
      findings.push(off(`${type}: the subscription is ${subscription.status}`, getRemedy(type)));
    } else if (!subscription) findings.push(off(`${type}: never subscribed by this app`, getRemedy(type)));
    else findings.push(await checkNewest(o365, type, now, quietAfterHours));
    const webhook = subscription?.webhook?.status;
    if (webhook && webhook !== 'enabled')
      findings.push(
        red(`${type}: its webhook is ${webhook}`, 'Start the subscription again with the webhook.'),
      );
  }
  return findings;
}

const getRemedy = (type: ContentType): string =>
  `Set startSubscriptions: true for this source, or start it: pnpm example o365-subscriptions start --type ${type}`;

async function checkNewest(
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
    if (last)
      return ok(`${type}: enabled, newest content ${last} (${formatAge(now - Date.parse(last))} ago)`);
  } catch (error) {
    return red(
      `${type}: ${getMessage(error)}`,
      type === ContentType.Dlp ? 'Grant ActivityFeed.ReadDlp.' : getRemedy(type),
    );
  }
  // An empty DLP.All for days is normal where no rule matches.
  const text = `${type}: enabled, nothing for ${quietAfterHours} hours`;
  if (type === ContentType.Dlp) return note(`${text}: needs ActivityFeed.ReadDlp, and rules that match`);
  return red(text, 'Check unified auditing in the Purview portal, and mailbox auditing for Exchange.');
}

function formatAge(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
