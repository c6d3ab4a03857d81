import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from './config-error.js';

const names = ['audit-collector.yaml', 'audit-collector.yml', 'audit-collector.json'];

/** The configuration file that is meant: the given one, `AUDIT_CONFIG`, or the nearest upwards from the folder. */
export async function findConfig(
  cwd: string,
  given: string | undefined,
): Promise<{ file: string; text: string }> {
  if (given !== undefined) return { file: given, text: await read(resolve(cwd, given), given) };
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8').catch(ignoreAbsent);
      if (text !== undefined) return { file: join(folder, name), text };
    }
    if (dirname(folder) === folder)
      throw new ConfigError([
        {
          file: names[0] ?? '',
          path: '',
          problem: `there is no configuration in ${cwd} or above. Run "audit-collector init", or name one with --config`,
        },
      ]);
  }
}

async function read(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigError([{ file: shown, path: '', problem: `cannot be read (${code})` }]);
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
