#!/usr/bin/env node
import { runCli } from './cli/run-cli.js';

const { stop, failed } = await runCli(process.argv.slice(2), {
  print: (line) => console.log(line),
  warn: (line) => console.error(line),
});
if (failed) process.exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
