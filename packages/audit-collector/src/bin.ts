#!/usr/bin/env node
import { runCli } from './cli/app.js';
import { createContext } from './cli/context.js';

process.exitCode = await runCli(process.argv.slice(2), createContext(process));
