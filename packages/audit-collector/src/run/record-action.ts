import { appendFile, mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { BuildContext } from '../build/build-context.js';
import type { CollectorConfig } from '../config/types.js';

/** Something an operator did that changes what is collected. */
interface OperatorAction {
  command: string;
  tenant: string;
  target: string;
}

/** One line in `actions.ndjson` of the state folder: who, when, what. Written before the action is done. */
export async function recordAction(
  config: CollectorConfig,
  context: BuildContext,
  action: OperatorAction,
): Promise<void> {
  const folder = resolve(context.folder, config.state?.folder ?? 'state');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = new Date(context.clock?.now() ?? Date.now()).toISOString();
  const line = JSON.stringify({ time, user: userInfo().username, ...action });
  await appendFile(join(folder, 'actions.ndjson'), `${line}\n`, { mode: 0o600 });
}
