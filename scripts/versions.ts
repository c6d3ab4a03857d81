import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A source file that repeats its package's version: what is sent to services and written into rows. */
export interface VersionFile {
  path: string;
  /** What it holds, and what it should. */
  text: string;
  wanted: string;
}

export function versionFiles(root: string): VersionFile[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const path = join(root, 'packages', name, 'src/version.ts');
    if (!existsSync(path)) return [];
    const { version } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    return [
      { path, text: readFileSync(path, 'utf8'), wanted: `export const version: string = '${version}';\n` },
    ];
  });
}
