import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { JoinedShareRow } from '../share-join.js';

// The script for pages is no import of the package: it stands beside the one that is.
const chartFile = join(dirname(createRequire(import.meta.url).resolve('chart.js')), 'chart.umd.min.js');

/** One acceptance, as the page shows it. */
interface PageRow {
  accepted: string;
  user: string;
  file: string;
  library: string;
  accesses: number;
  first: string;
  last: string;
}

/**
 * The report as one HTML document that loads nothing. Records are data in it, never markup: they travel as JSON in
 * which no tag can end, are shown as text, and the content security policy lets only the page's own two scripts run.
 */
export async function buildPage(rows: readonly JoinedShareRow[], generated: Date): Promise<string> {
  const [css, script, chartLibrary] = await Promise.all([
    readFile(new URL('page.css', import.meta.url), 'utf8'),
    readFile(new URL('page-script.js', import.meta.url), 'utf8'),
    readFile(chartFile, 'utf8'),
  ]);
  const page = rows.map(toPageRow);
  const data = JSON.stringify({ generated: generated.toISOString(), rows: page }).replaceAll('<', '\\u003c');
  const opened = page.filter((row) => row.accesses > 0);
  const policy = [
    "default-src 'none'",
    `script-src ${[chartLibrary, script].map(hashOf).join(' ')}`,
    `style-src ${hashOf(css)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Externally shared files</title>
<style>${css}</style>
</head>
<body>
<h1>Externally shared files: who accepted, and who opened them</h1>
<p class="quiet">Made <span id="generated"></span>. An access counts from the acceptance on, by the same user, of the same file.</p>
<ul class="numbers">
${number(page.length, 'shares accepted')}
${number(new Set(page.map((row) => row.user)).size, 'external users')}
${number(opened.length, 'opened since')}
${number(page.length - opened.length, 'not opened')}
</ul>
<div class="charts">
<section><h2>Acceptances by hour</h2><div><canvas id="by-hour"></canvas></div></section>
<section><h2>Acceptances by library</h2><div><canvas id="by-library"></canvas></div></section>
<section><h2>Accesses by user</h2><div><canvas id="by-user"></canvas></div></section>
</div>
<div class="controls">
<label>Time zone <select id="zone"></select></label>
<span class="quiet">This computer: <span id="here"></span></span>
<label>Find <input id="search" type="search"></label>
<span class="quiet" id="count"></span>
</div>
<div class="wide"><table>
<thead><tr>${headings.map(([column, title]) => `<th><button data-column="${column}">${title}</button></th>`).join('')}</tr></thead>
<tbody></tbody>
</table></div>
<script type="application/json" id="data">${data}</script>
<script>${chartLibrary}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

const headings = [
  ['accepted', 'Accepted'],
  ['user', 'External user'],
  ['file', 'File'],
  ['library', 'Library'],
  ['accesses', 'Accesses'],
  ['first', 'First access'],
  ['last', 'Last access'],
] as const;

function toPageRow(row: JoinedShareRow): PageRow {
  return {
    accepted: row.AcceptedDateTime,
    user: row.UserId,
    file: row.SourceFileName || row.ObjectId,
    library: `${row.SiteUrl}${row.SourceRelativeUrl}`,
    accesses: row.AccessCount,
    first: row.FirstAccessDateTime,
    last: row.LastAccessDateTime,
  };
}

const number = (count: number, label: string): string => `<li><strong>${count}</strong>${label}</li>`;

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
