import { dirname, resolve } from 'node:path';
import type { BuildContext } from '../build/build-context.js';
import { effectiveConfig } from '../config/effective-config.js';
import { loadConfig } from '../config/load-config.js';
import type { CollectorConfig } from '../config/types.js';
import { startEmulated } from '../run/start-emulated.js';
import type { Emulated } from '../run/start-emulated.js';
import type { CollectorContext } from './context.js';
import type { EmulatedFlags, GlobalFlags } from './flags.js';

/** The configuration of a command line, and what its objects are built with. */
interface Loaded {
  file: string;
  config: CollectorConfig;
  context: BuildContext;
  emulated?: Emulated | undefined;
}

/** Reads the configuration, with an emulator in place of Microsoft where that is asked for. */
export async function loadContext(
  cli: CollectorContext,
  flags: GlobalFlags & EmulatedFlags,
  clock?: 'virtual' | 'real',
): Promise<Loaded> {
  const emulated = flags.emulated ? await startEmulated(clock) : undefined;
  const env = { ...cli.env, ...emulated?.env };
  const { file, config } = await loadConfig(cli.cwd, env, flags.config);
  const folder = dirname(resolve(cli.cwd, file));
  const context = { folder, env, stdout: cli.stdout, ...emulated?.transport };
  return { file, config: effectiveConfig(config), context, emulated };
}
