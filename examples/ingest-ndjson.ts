/**
 * A file of JSON lines, or standard input, into a table; each line goes as its own bytes.
 *
 *     pnpm example ingest-ndjson [--emulated] --file events.ndjson | --file -
 *       [--stream Custom-Demo_CL]     stream of the rule in AUDIT_LOGS_RULE_ID
 *       [--log-type Demo]             the Data Collector API instead, with AUDIT_WORKSPACE_KEY
 *       [--rest rest.ndjson]          lines that were refused or not sent, to send again
 *
 * Exit code 0: all accepted; 3: lines must be mended; 4: lines can be sent again; 5: lines may be stored or not.
 * Without a file, on the emulator only: 20,000 sample lines.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { readArguments } from './lib/arguments.js';
import { cloudFromEnvironment, credentialFromEnvironment } from './lib/identity.js';
import { linesOf } from './lib/ingest-lines.js';
import { isLocal } from './lib/ingest-local.js';
import { exitCodeOf, uploadLines } from './lib/ingest-upload.js';
import type { LineReport, OpenWriter } from './lib/ingest-upload.js';
import { progress, runScript } from './lib/script.js';
import { optional, required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    file: { type: 'string' },
    stream: { type: 'string', default: 'Custom-Demo_CL' },
    'log-type': { type: 'string' },
    rest: { type: 'string' },
  },
});

function input(file: string | undefined): AsyncIterable<Uint8Array> {
  if (file === '-') return process.stdin as AsyncIterable<Uint8Array>;
  if (file !== undefined) return createReadStream(file);
  if (!isLocal(optional('AUDIT_LOGS_ENDPOINT')))
    throw new RangeError('Give --file with a path, or --file - for standard input.');
  return sample(20_000);
}

async function* sample(count: number): AsyncGenerator<Uint8Array> {
  for (let Count = 0; Count < count; Count++) {
    const row = { TimeGenerated: new Date(), Message: `Grüße ${Count}`, Count, Context: { half: Count / 2 } };
    yield Buffer.from(`${JSON.stringify(row)}\n`);
  }
}

function writerOf(logType: string | undefined): OpenWriter {
  if (logType === undefined) {
    const logs = new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credentialFromEnvironment(), {
      cloud: cloudFromEnvironment(),
    });
    const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: values.stream };
    return (options) => logs.openWriter(target, options);
  }
  const endpoint = optional('AUDIT_EMULATOR');
  const key = optional('AUDIT_WORKSPACE_KEY');
  if (!key) throw new RangeError('AUDIT_WORKSPACE_KEY is not set: primary key of the workspace.');
  const classic = new DataCollectorClient(required('AUDIT_WORKSPACE_ID'), key, {
    cloud: cloudFromEnvironment(),
    ...(endpoint && { endpoint }),
  });
  return (options) => classic.openWriter({ logType }, options);
}

function print(report: LineReport, seconds: number): void {
  const { lines, broken, brokenCount, upload, reasons, unknown: unknownLines } = report;
  const { accepted, invalid, rejected, unknown, notSent, requests, rawBytes, wireBytes } = upload;
  console.log(`${lines} lines in ${seconds.toFixed(1)} s`);
  for (const [status, count] of Object.entries({ accepted, invalid, rejected, unknown, notSent }))
    console.log(`  ${status.padEnd(10)}${String(count).padStart(9)}`);
  console.log(`${requests} requests, ${megabytes(rawBytes)} of rows as ${megabytes(wireBytes)} on the wire`);
  if (brokenCount > 0)
    console.log(
      `${brokenCount} lines are no JSON object: ${broken.join(', ')}${brokenCount > broken.length ? ', …' : ''}`,
    );
  for (const [reason, count] of reasons) console.log(`${count} rows: ${reason}`);
  if (unknownLines.size > 0)
    console.log(`Ask the table for these before they are sent again: lines ${firstOf(unknownLines)}`);
  if (accepted > 0) console.log('Accepted is not stored: ask the table to be sure.');
}

function firstOf(numbers: ReadonlySet<number>, most = 20): string {
  const first = [...numbers].slice(0, most).join(', ');
  return numbers.size > most ? `${first}, … (${numbers.size} in all)` : first;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

async function writeRest(file: string, into: string, wanted: ReadonlySet<number>): Promise<void> {
  async function* chosen(): AsyncGenerator<Uint8Array> {
    let number = 0;
    for await (const line of linesOf(createReadStream(file)))
      if (wanted.has(++number)) yield Buffer.concat([line, Buffer.from('\n')]);
  }
  await pipeline(chosen, createWriteStream(into));
  console.log(`${wanted.size} lines to send again are in ${into}`);
}

await runScript(async () => {
  const { file, rest } = values;
  if (rest !== undefined && (file === undefined || file === '-'))
    throw new RangeError('--rest needs --file with a path: standard input cannot be read twice.');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  const started = performance.now();
  const report = await uploadLines(writerOf(values['log-type']), linesOf(input(file)), {
    abortSignal: stop.signal,
    onProgress: (accepted, read) => progress(`${read} lines read, ${accepted} accepted`),
  });
  progress('');
  print(report, (performance.now() - started) / 1000);
  if (rest !== undefined && file !== undefined) await writeRest(file, rest, report.resend);
  if (report.failure !== undefined) throw report.failure;
  return exitCodeOf(report);
});
