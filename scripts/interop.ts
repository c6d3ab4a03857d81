/** Other people's clients against the emulator over TLS. A missing program exits 2 and is named. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'audit-emulator';
import { tryReportPage } from './interop/report-page.js';

const python = ['/usr/bin/python3', 'python3'].find(
  (one) => spawnSync(one, ['-c', 'import requests']).status === 0,
);
if (!python) {
  console.error("Python's requests is missing: install python3-requests from your distribution.");
  process.exit(2);
}

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (!browser) {
  console.error('A browser is missing: install chromium from your distribution.');
  process.exit(2);
}

const emulator = createEmulator();
const listening = await emulator.listen();
const folder = mkdtempSync(join(tmpdir(), 'interop-'));
const caFile = join(folder, 'ca.pem');
writeFileSync(caFile, listening.caPem);
let failed = 0;
try {
  for (const script of ['mcas_scan.py', 'shared_key_post.py']) {
    const child = spawn(python, [join(import.meta.dirname, 'interop', script)], {
      env: { ...process.env, ...emulator.env(listening.origin, caFile), REQUESTS_CA_BUNDLE: caFile },
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${script}`);
    if (code !== 0) failed += 1;
  }
  try {
    await tryReportPage(browser, process.env['REPORT_SCREENSHOT']);
    console.log('ok   share report in a browser');
  } catch (error) {
    console.log(`FAIL share report in a browser: ${error instanceof Error ? error.message : String(error)}`);
    failed += 1;
  }
} finally {
  await listening.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failed > 0 ? 1 : 0;
