#!/usr/bin/env node
import { runCli } from './cli/run-cli.js';

// Whoever reads the output may go away; the emulator stays.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const { stop, exitCode } = await runCli(process.argv.slice(2), {
  print: (line) => console.log(line),
  warn: (line) => console.error(line),
});
process.exitCode = exitCode;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
