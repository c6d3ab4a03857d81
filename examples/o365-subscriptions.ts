/**
 * Subscriptions of this app in this tenant: list them, start all five content types, stop one.
 *
 *     pnpm example o365-subscriptions [--emulated] [list | start | stop] [--type Audit.Exchange ...] [--yes]
 */
import { createInterface } from 'node:readline/promises';
import { contentTypes } from 'o365-activity-client';
import type { O365ActivityClient } from 'o365-activity-client';
import { readArguments } from './lib/arguments.js';
import { o365FromEnvironment } from './lib/o365.js';
import { oneOf, runScript } from './lib/script.js';

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    type: { type: 'string', multiple: true, default: [...contentTypes] },
    yes: { type: 'boolean', default: false },
  },
});

await runScript(async () => {
  const command = oneOf('command', positionals[0] ?? 'list', ['list', 'start', 'stop']);
  let failed = false;
  const o365 = o365FromEnvironment();
  if (command === 'start') {
    for (const one of await o365.subscriptions.ensure(values.type)) {
      failed ||= one.outcome === 'failed';
      console.log(
        `${one.contentType}: ${one.outcome}${one.outcome === 'failed' ? `: ${one.error.message}` : ''}`,
      );
    }
  }
  if (command === 'stop') {
    if (!(await confirmed())) return 1;
    for (const type of values.type) {
      await o365.subscriptions.stop(type);
      console.log(`${type}: stopped`);
    }
  }
  await print(o365);
  return failed ? 1 : 0;
});

async function print(o365: O365ActivityClient): Promise<void> {
  const subscriptions = await o365.subscriptions.list();
  for (const type of contentTypes) {
    const one = subscriptions.find((each) => each.contentType.toLowerCase() === type.toLowerCase());
    const webhook = one?.webhook?.address
      ? `, webhook ${one.webhook.status ?? ''} ${one.webhook.address}`
      : '';
    console.log(`${type.padEnd(28)} ${one ? (one.status ?? 'status not given') : 'never started'}${webhook}`);
  }
}

async function confirmed(): Promise<boolean> {
  if (values.yes) return true;
  const question = `What becomes available from now until the next start can never be read. Stop ${values.type.join(', ')}? [y/N] `;
  if (!process.stdin.isTTY) {
    console.error(`${question}\nNot a terminal: give --yes to stop without being asked.`);
    return false;
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(question);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
