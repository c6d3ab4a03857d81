/**
 * Which mail client was used by whom in which hour, and what was put into Deleted Items, with attachment names.
 *
 *     pnpm example o365-client-report [--emulated] [--hours 24] [--enrich]
 *
 * --enrich looks deleted messages up in Microsoft Graph, with an identity of its own: AUDIT_GRAPH_CLIENT_ID and
 * AUDIT_GRAPH_CLIENT_SECRET. Give it Mail.Read for named mailboxes only (docs/permissions.md). Clouds other than public and
 * GCC need GRAPH_ENDPOINT and GRAPH_SCOPE.
 */
import { ContentType, entraCredential } from 'o365-activity-client';
import { readArguments } from './lib/arguments.js';
import { createClientReport } from './lib/client-report.js';
import type { DeletedMessage } from './lib/client-report.js';
import { messageFinder } from './lib/graph-messages.js';
import { cloudFromEnvironment, inPublicCloud } from './lib/identity.js';
import { o365FromEnvironment, subscribed } from './lib/o365.js';
import { positive, printable, progress, runScript } from './lib/script.js';
import { SettingsError, optional, required } from './lib/settings.js';

const { values } = readArguments({
  options: { hours: { type: 'string' }, enrich: { type: 'boolean', default: false } },
});

await runScript(async () => {
  const hours = positive('--hours', values.hours) ?? 24;
  const o365 = o365FromEnvironment();
  const report = createClientReport();
  let read = 0;
  for await (const record of o365.records.list({
    contentTypes: await subscribed(o365, [ContentType.Exchange]),
    from: new Date(Date.now() - hours * 3_600_000),
    to: new Date(),
    onBlobError: (_, error) => {
      console.error(error.message);
      return 'skip';
    },
  })) {
    read += 1;
    if (read % 100 === 0) progress(`${read} records`);
    report.add(record);
  }
  const { uses, deleted, records } = report.result();
  console.log(`${read} Exchange records of ${hours} hours, ${records} of a mail client\n`);
  console.log(`hour               user                          client                        operations`);
  for (const { hour, user, client, operations } of uses) {
    const counts = Object.entries(operations).map(([operation, count]) => `${operation} ${count}`);
    console.log(printable(`${hour}  ${user.padEnd(28)}  ${client.padEnd(28)}  ${counts.join(', ')}`));
  }
  console.log(`\n${deleted.length} messages moved to Deleted Items`);
  const find = values.enrich ? finder() : undefined;
  for (const message of deleted) await print(message, find);
});

async function print(
  message: DeletedMessage,
  find: ReturnType<typeof messageFinder> | undefined,
): Promise<void> {
  const { time, user, subject, attachments } = message;
  const names = attachments.length > 0 ? `  [${attachments.join(', ')}]` : '';
  console.log(printable(`${time}  ${user}  ${JSON.stringify(subject)}${names}`));
  if (!find || !message.internetMessageId) return;
  const found = await find(message.mailbox || user, message.internetMessageId);
  console.log(
    typeof found === 'string'
      ? `    ${found}`
      : printable(`    in the ${found.place}: from ${found.from}, received ${found.received}`),
  );
}

function finder(): ReturnType<typeof messageFinder> {
  const cloud = cloudFromEnvironment();
  const endpoint = optional('GRAPH_ENDPOINT') ?? optional('AUDIT_EMULATOR');
  const scope = optional('GRAPH_SCOPE');
  if (!inPublicCloud() && !(endpoint && scope))
    throw new SettingsError(
      'GRAPH_ENDPOINT and GRAPH_SCOPE are not set: those of Microsoft Graph in this cloud.',
    );
  return messageFinder({
    endpoint: endpoint ?? 'https://graph.microsoft.com',
    ...(scope && { scope }),
    credential: entraCredential({
      cloud,
      tenantId: required('AUDIT_TENANT_ID'),
      clientId: required('AUDIT_GRAPH_CLIENT_ID'),
      clientSecret: required('AUDIT_GRAPH_CLIENT_SECRET'),
    }),
  });
}
