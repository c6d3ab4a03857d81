import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Installed {
  name: string;
  version: string;
  license: string;
  /** Scripts that run at a user's install. */
  installScripts: readonly string[];
  bytes: number;
}

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

/** What a user's install of the package in `folder` brings, itself not counted: read from what is installed here. */
export function listInstalled(folder: string): Installed[] {
  const found = new Map<string, Installed>();
  const visit = (path: string): void => {
    const manifest = readManifest(path);
    for (const [name, optional] of listDependencies(manifest)) {
      const target = findPackage(path, name);
      if (!target) {
        if (optional) continue;
        throw new Error(`${manifest.name}: ${name} is not installed: run "pnpm install"`);
      }
      const dependency = readManifest(target);
      const key = `${dependency.name}@${dependency.version}`;
      if (found.has(key)) continue;
      found.set(key, describe(dependency, target));
      visit(target);
    }
  };
  visit(realpathSync(folder));
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

function listDependencies({ dependencies, optionalDependencies }: Manifest): [string, boolean][] {
  return [
    ...Object.keys(dependencies ?? {}).map((name): [string, boolean] => [name, false]),
    ...Object.keys(optionalDependencies ?? {}).map((name): [string, boolean] => [name, true]),
  ];
}

/** As Node looks for it: in the `node_modules` of the folder and of those above. */
function findPackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(folder) === folder) return undefined;
  }
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
}

function describe({ name, version, license, scripts }: Manifest, path: string): Installed {
  const installScripts = ['preinstall', 'install', 'postinstall'].filter((script) => scripts?.[script]);
  return { name, version, license: license ?? 'none', installScripts, bytes: getSize(path) };
}

function getSize(path: string): number {
  let bytes = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const inner = join(path, entry.name);
    if (entry.isDirectory()) bytes += getSize(inner);
    else if (entry.isFile()) bytes += statSync(inner).size;
  }
  return bytes;
}
