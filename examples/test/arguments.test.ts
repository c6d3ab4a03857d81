import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..');
const run = (...given: string[]) => {
  const loader = ['--conditions=@repo/source', '--import', 'tsx'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...loader, 'mcas-scan.ts', ...given], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

it('an option that is unknown is answered with how the script is called', () => {
  expect(run('--nope')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^Unknown option '--nope'\n\nScans .*\n\n {4}pnpm example mcas-scan /,
    ) as unknown,
  });
});

it('--help says the same, and nothing is wrong', () => {
  expect(run('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('pnpm example mcas-scan') as unknown,
    stderr: '',
  });
});
