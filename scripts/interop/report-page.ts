/** The share report in a real browser: what it shows, and that hostile names stay names. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateSharing } from 'audit-emulator';
import { chromium } from 'playwright-core';
import { buildPage } from '../../examples/lib/report-page/build.js';
import { joinShares } from '../../examples/lib/share-join.js';

type Activities = Parameters<typeof joinShares>[0];

const hostile = [
  '<img src=x onerror="globalThis.injected=1">',
  '</script><script>globalThis.injected=1</script>',
  '<!--<script>globalThis.injected=1</script>',
  '&lt;b&gt; & "quotes" \u2028',
];

/** Throws an assertion error that says what the page does not do. */
export async function tryReportPage(browserPath: string, screenshot?: string): Promise<void> {
  const story = generateSharing({ seed: 'page', to: Date.UTC(2026, 10, 20, 12) }) as unknown as Activities;
  const rows = joinShares(story);
  for (const [at, name] of hostile.entries()) {
    const row = rows[at];
    assert(row);
    Object.assign(row, { SourceFileName: name, UserId: name, SourceRelativeUrl: name });
  }
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, await buildPage(rows, new Date(Date.UTC(2026, 10, 20, 12))));
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1100 } });
    const problems: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);

    assert.deepEqual(problems, [], 'the page has errors');
    assert.equal(asked.length, 1, `the page loads ${asked.join(', ')}`);
    assert.equal(await page.locator('tbody tr').count(), rows.length, 'rows of the table');
    assert.equal(await page.locator('tbody tr.opened').count(), 10, 'rows of opened files');
    assert.equal(await page.evaluate('globalThis.injected'), undefined, 'a record ran as a script');
    assert.equal(await page.locator('tbody img, tbody script').count(), 0, 'a record became markup');
    for (const name of hostile)
      assert((await page.locator('tbody').textContent())?.includes(name), `${name} is not shown as it is`);
    for (const id of ['by-hour', 'by-library', 'by-user'])
      assert(await page.evaluate(paintedPixels(id)), `the chart ${id} is empty`);

    const first = page.locator('tbody tr:first-child td:first-child');
    const utc = await first.textContent();
    await page.locator('#zone').selectOption('Asia/Tokyo');
    const tokyo = await first.textContent();
    assert.equal(Date.parse(`${tokyo}Z`) - Date.parse(`${utc}Z`), 9 * 3_600_000, 'nine hours to Tokyo');
    await page.locator('#search').fill('verträge');
    const found = await page.locator('tbody tr').count();
    assert(found > 0 && found < rows.length, 'the search narrows the table');
    await page.locator('#search').fill('');
    if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** An expression: whether anything was drawn. */
function paintedPixels(id: string): string {
  return `(() => {
    const canvas = document.getElementById('${id}');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.some((byte) => byte !== 0);
  })()`;
}
