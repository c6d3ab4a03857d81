/**
 * What a stranger's `npm install` would meet: publint, are-the-types-wrong and the API report of every published
 * package. `--update` rewrites the reports; without it a difference fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const update = process.argv.includes('--update');
const root = resolve(import.meta.dirname, '..');
const reports = join(root, 'docs/api');

interface Manifest {
  name: string;
  private?: boolean;
  publishConfig?: { exports?: Record<string, { types?: string } | string> };
}

let failed = 0;

function check(label: string, ok: boolean, detail = ''): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${label}`);
  if (!ok) {
    failed += 1;
    if (detail) console.log(detail);
  }
}

function run(label: string, cwd: string, command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  check(label, status === 0, `${stdout}${stderr}`);
}

/**
 * One API report per entry point: `docs/api/<package>[.<entry>].api.md`. Returns the names it exports; what the main
 * entry exports (`main`) may be used by the others.
 */
function report(
  folder: string,
  name: string,
  entry: string,
  types: string,
  main: ReadonlySet<string>,
): ReadonlySet<string> {
  const reportName = entry === '.' ? name : `${name}.${entry.slice(2)}`;
  const label = `API report ${reportName}`;
  if (!existsSync(join(folder, types))) {
    check(label, false, `${types} is missing: run "pnpm build" first`);
    return main;
  }
  const temp = mkdtempSync(join(tmpdir(), 'api-report-'));
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2023',
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
            strict: true,
            skipLibCheck: true,
          },
          files: [join(folder, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${reportName}.api.md`,
        reportFolder: temp,
        reportTempFolder: temp,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const result = Extractor.invoke(config, {
    localBuild: true,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) console.log(message.text);
    },
  });
  const made = readFileSync(join(temp, `${reportName}.api.md`), 'utf8');
  rmSync(temp, { recursive: true });
  const target = join(reports, `${reportName}.api.md`);
  if (update) writeFileSync(target, made);
  const known = existsSync(target) ? readFileSync(target, 'utf8') : '';
  const forgotten = [...made.matchAll(/ae-forgotten-export\) The symbol "([^"]+)"/g)]
    .filter(([, symbol = '']) => !main.has(symbol))
    .map(([line]) => line);
  check(
    label,
    result.errorCount === 0 && known === made && forgotten.length === 0,
    [
      ...(known === made
        ? []
        : [
            'The public surface changed. Review it, then run "pnpm check:packages --update" and commit docs/api.',
          ]),
      ...forgotten,
    ].join('\n'),
  );
  const exported = /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/gm;
  return new Set([...made.matchAll(exported)].map(([, symbol = '']) => symbol));
}

for (const entry of readdirSync(join(root, 'packages')).toSorted()) {
  const folder = join(root, 'packages', entry);
  if (!existsSync(join(folder, 'package.json'))) continue;
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  if (manifest.private) continue;
  run(`publint ${entry}`, folder, 'pnpm', ['exec', 'publint', '--strict']);
  run(`are-the-types-wrong ${entry}`, folder, 'pnpm', [
    'exec',
    'attw',
    '--pack',
    '.',
    '--profile',
    'esm-only',
  ]);
  let main: ReadonlySet<string> = new Set();
  for (const [path, value] of Object.entries(manifest.publishConfig?.exports ?? {}))
    if (typeof value === 'object' && value.types) {
      const exported = report(folder, manifest.name, path, value.types, main);
      if (path === '.') main = exported;
    }
}
process.exitCode = failed > 0 ? 1 : 0;
