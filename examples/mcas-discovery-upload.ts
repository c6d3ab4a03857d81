/**
 * Uploads a firewall or proxy log to cloud discovery.
 *
 *     pnpm example mcas-discovery-upload [--emulated] <file> --source GENERIC_CEF --name "Office proxy" [--snapshot]
 *
 * Without a file it sends three lines of a made-up log, on an emulator only.
 */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { progress, runScript } from './lib/script.js';

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    source: { type: 'string', default: 'GENERIC_CEF' },
    name: { type: 'string', default: 'Office proxy' },
    snapshot: { type: 'boolean', default: false },
  },
});

const madeUp = [1, 2, 3]
  .map((n) => `CEF:0|contoso|proxy|1|${n}|GET|1|src=192.0.2.${n} request=https://www.fabrikam.example/\n`)
  .join('');

await runScript(async () => {
  const [file] = positionals;
  const mcas = mcasFromEnvironment();
  if (!file && !/^https?:\/\/localhost[:/]/.test(mcas.endpoint))
    throw new Error('Name the log file to upload.');
  const log = file ? await openAsBlob(file) : new Blob([madeUp]);
  const { bytes, blocks } = await mcas.discovery.uploadLog(log, {
    source: values.source,
    fileName: file ? basename(file) : 'made-up.log',
    inputStreamName: values.name,
    uploadAsSnapshot: values.snapshot,
    onProgress: ({ bytesSent }) => progress(`${Math.round((100 * bytesSent) / log.size)} %`),
  });
  console.log(`${bytes} bytes uploaded in ${blocks === 1 ? 'one piece' : `${blocks} blocks`}`);
  for (const report of await mcas.discovery.listReports())
    console.log(`report ${report._id ?? ''}  ${report.displayName ?? ''}`);
});
