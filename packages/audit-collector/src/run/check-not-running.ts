import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sqliteState } from 'audit-pipeline';
import type { BuildContext } from '../build/build-context.js';
import { tenantsOf } from '../config/parse/check-references.js';
import type { CollectorConfig } from '../config/types.js';

/** Throws StateLockedError when a collector works on a pipeline of this tenant. */
export async function checkNotRunning(
  config: CollectorConfig,
  context: BuildContext,
  tenant: string,
): Promise<void> {
  for (const pipeline of Object.keys(config.pipelines)) {
    if (!tenantsOf(config, pipeline).includes(tenant)) continue;
    const folder = resolve(context.folder, config.state?.folder ?? 'state', pipeline, tenant);
    const file = join(folder, 'state.db');
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    const state = await sqliteState(file);
    try {
      await (await state.lock()).release();
    } finally {
      await state.close();
    }
  }
}
