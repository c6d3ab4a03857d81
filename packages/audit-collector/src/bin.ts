#!/usr/bin/env node
import { runCli } from './cli/app.js';
import { createContext } from './cli/context.js';
import { ExitCode } from './cli/exit-codes.js';

// `audit-collector … | head`: the reader has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.Success);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), createContext(process));
