import { buildApplication, buildRouteMap, help, run, text_en, version as versionFlag } from '@stricli/core';
import type { Application } from '@stricli/core';
import { checkCommand } from '../commands/check.js';
import { exportCommands } from '../commands/export.js';
import { initCommand } from '../commands/init.js';
import { runCommand } from '../commands/run.js';
import { statusCommand } from '../commands/status.js';
import { subscriptionsCommands } from '../commands/subscriptions.js';
import { version } from '../version.js';
import type { CollectorContext } from './context.js';
import { ExitCode } from './exit-codes.js';
import { getExitCode } from './get-exit-code.js';

function createApp(): Application<CollectorContext> {
  const formatException = (thrown: unknown): string =>
    thrown instanceof Error ? thrown.message : String(thrown);
  return buildApplication<CollectorContext>(
    buildRouteMap({
      routes: {
        init: initCommand,
        check: checkCommand,
        run: runCommand,
        status: statusCommand,
        subscriptions: subscriptionsCommands,
        export: exportCommands,
      },
      docs: { brief: 'Collects Microsoft 365 audit data into Log Analytics and other outputs' },
    }),
    {
      name: 'audit-collector',
      scanner: { caseStyle: 'allow-kebab-for-camel' },
      documentation: { caseStyle: 'convert-camel-to-kebab' },
      determineExitCode: getExitCode,
      localization: {
        text: {
          ...text_en,
          formatException,
          // Without a stack: an operator reads what to do, not where it was thrown.
          exceptionWhileRunningCommand: (thrown) => formatException(thrown),
          commandErrorResult: (error) => error.message,
        },
      },
    },
    {
      help: help({
        brief: 'Print help and exit',
        formatting: {
          useAliasInUsageLine: false,
          onlyRequiredInUsageLine: true,
          caseStyle: 'convert-camel-to-kebab',
        },
      }),
      version: versionFlag({ brief: 'Print the version and exit', info: { currentVersion: version } }),
    },
  );
}

/** Runs one command line; the result is the exit code. */
export async function runCli(inputs: readonly string[], context: CollectorContext): Promise<ExitCode> {
  await run(createApp(), inputs, context);
  const code = Number(context.process.exitCode ?? ExitCode.Success);
  // The library's own codes for wrong usage are negative.
  return (code < 0 ? ExitCode.Usage : code) as ExitCode;
}
