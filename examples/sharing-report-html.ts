/**
 * The share report as one self-contained HTML page: charts, a table, a time zone to choose. Straight from Cloud App
 * Security, or from rows that a pipeline has written as newline-delimited JSON.
 *
 *     pnpm example sharing-report-html [--emulated] [--hours 24] [--library <url prefix> ...]
 *       [--from rows.ndjson ...] [--out sharing-report.html]
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Activity } from 'mcas-client';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { readShares } from './lib/read-shares.js';
import { buildPage } from './lib/report-page/build.js';
import { positive, progress, runScript } from './lib/script.js';
import { joinShares } from './lib/share-join.js';

const { values } = readArguments({
  options: {
    hours: { type: 'string' },
    library: { type: 'string', multiple: true, default: [] },
    from: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'sharing-report.html' },
  },
});

await runScript(async () => {
  const hours = positive('--hours', values.hours) ?? 24;
  const to = Date.now();
  const activities =
    values.from.length > 0
      ? (await Promise.all(values.from.map(rowsOf))).flat()
      : await readShares(mcasFromEnvironment(), { from: to - hours * 3_600_000, to }, progress);
  const rows = joinShares(activities, { libraries: values.library });
  await writeFile(values.out, await buildPage(rows, new Date(to)));
  const opened = rows.filter((row) => row.AccessCount > 0).length;
  console.log(`${values.out}: ${rows.length} accepted shares, ${opened} of them opened since`);
});

/** Activities as they are, or as `Record` of the pipeline's rows. */
async function rowsOf(file: string): Promise<Activity[]> {
  const bytes = createReadStream(file);
  const lines = createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes });
  const activities: Activity[] = [];
  for await (const line of lines) {
    if (!line.trim()) continue;
    const row = JSON.parse(line) as { Record?: Activity | string };
    const record = typeof row.Record === 'string' ? (JSON.parse(row.Record) as Activity) : row.Record;
    activities.push(record ?? (row as Activity));
  }
  return activities;
}
