/**
 * Why the Data Collector API answered 403, offline: from what was sent, never sending anything.
 *
 *     pnpm example explain-403 [--emulated] --body body.json --date 'Fri, 20 Nov 2026 12:00:00 GMT'
 *       [--server-date <Date header of the answer>] [--content-type <as sent>] [--authorization <as sent>]
 *
 * The key is taken from AUDIT_WORKSPACE_KEY, the workspace from AUDIT_WORKSPACE_ID.
 * Without a body, on the emulator only: sends the known mistakes and explains each.
 */
import { readFile } from 'node:fs/promises';
import { readArguments } from './lib/arguments.js';
import { explain, mistakes } from './lib/ingest-403.js';
import { isLocal } from './lib/ingest-local.js';
import { runScript } from './lib/script.js';
import { optional, required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    body: { type: 'string' },
    date: { type: 'string' },
    'server-date': { type: 'string' },
    'content-type': { type: 'string' },
    authorization: { type: 'string' },
  },
});

async function tryAll(endpoint: string, workspaceId: string, sharedKey: string): Promise<void> {
  for (const one of await mistakes(workspaceId, sharedKey, Date.now())) {
    const { name, body, date, contentType, authorization } = one;
    const reply = await fetch(`${endpoint}/api/logs?api-version=2016-04-01`, {
      method: 'POST',
      body: new TextEncoder().encode(body),
      headers: { 'content-type': contentType, 'log-type': 'Explain', 'x-ms-date': date, authorization },
    });
    await reply.arrayBuffer();
    const serverDate = reply.headers.get('date') ?? undefined;
    console.log(`${reply.status}  ${name}`);
    const sent = { ...one, ...(serverDate !== undefined && { serverDate }) };
    for (const line of explain(workspaceId, sent)) console.log(`     ${line}`);
    console.log();
  }
}

await runScript(async () => {
  const workspaceId = required('AUDIT_WORKSPACE_ID');
  const sharedKey = optional('AUDIT_WORKSPACE_KEY');
  if (!sharedKey) throw new RangeError('AUDIT_WORKSPACE_KEY is not set: the key that was used.');
  const endpoint = optional('AUDIT_EMULATOR');
  if (values.body === undefined && endpoint && isLocal(endpoint))
    return tryAll(endpoint, workspaceId, sharedKey);
  const { body, date, authorization, 'server-date': serverDate, 'content-type': contentType } = values;
  if (body === undefined || date === undefined)
    throw new RangeError('Give --body with the file that was sent, and --date with its x-ms-date.');
  const sent = {
    sharedKey,
    // As bytes: what is not UTF-8, or begins with a BOM, is signed as it is.
    body: await readFile(body),
    date,
    ...(serverDate !== undefined && { serverDate }),
    ...(contentType !== undefined && { contentType }),
    ...(authorization !== undefined && { authorization }),
  };
  for (const line of explain(workspaceId, sent)) console.log(line);
});
