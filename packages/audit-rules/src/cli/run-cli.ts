import { parseArgs } from 'node:util';
import { ArgumentError, AuditSdkError } from '@repo/client-core';
import { commands } from './commands.js';
import type { CliOutput } from './commands.js';

const usage = `audit-rules <command> <rules...> [options]

  check      reads rules and filters, and names what is wrong with them
  test       runs the .test.yml files beside the rules
  run        runs rules over stored records: --records <file or folder>
  coverage   which rules can fire with which content types
  explain    why a rule matches a record or not: --record <file.json> --rule <id or name>
  kql        the rules as KQL, and what cannot be expressed

  --filters <path>      files and folders of Sigma filters
  --domain <domain>     an accepted domain of the tenant; may be repeated
  --format <format>     of run: ndjson (default), ocsf, row
  --content-type <type> of coverage: a content type that is subscribed to; may be repeated
  --out <folder>        of kql: writes one ARM template for each rule`;

/** Runs one command; returns the exit code: 0 fine, 1 problems found, 2 wrong call. */
export async function runCli(args: readonly string[], output: CliOutput): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || rest.includes('--help')) {
    output.error(usage);
    return name === '--help' || rest.includes('--help') ? 0 : 2;
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        filters: { type: 'string', multiple: true },
        domain: { type: 'string', multiple: true },
        format: { type: 'string' },
        records: { type: 'string' },
        record: { type: 'string' },
        rule: { type: 'string' },
        out: { type: 'string' },
        'content-type': { type: 'string', multiple: true },
      },
    });
    if (positionals.length === 0) throw new ArgumentError('rules', 'are missing', 'Name files or folders.');
    return await command({ rules: positionals, ...values }, output);
  } catch (error) {
    const isKnown = AuditSdkError.isInstance(error) || (error instanceof TypeError && 'code' in error);
    if (!isKnown && !(error instanceof Error && 'syscall' in error)) throw error;
    output.error(error.message);
    return 2;
  }
}
