import { createStopSignals } from 'audit-pipeline';
import type { PipelineOutcome } from 'audit-pipeline';
import { buildCommand } from '@stricli/core';
import type { CollectorContext } from '../cli/context.js';
import { ExitCode } from '../cli/exit-codes.js';
import { emulatedFlag, globalFlags } from '../cli/flags.js';
import type { EmulatedFlags, GlobalFlags } from '../cli/flags.js';
import { getExitCode } from '../cli/get-exit-code.js';
import { loadContext } from '../cli/load-context.js';
import { nearMiss } from '../config/parse/near-miss.js';
import { ConfigError } from '../config/config-error.js';
import type { CollectorConfig } from '../config/types.js';
import { formatOutcome, formatReason } from '../run/format-outcome.js';
import { runCollector } from '../run/run-collector.js';

interface RunFlags extends GlobalFlags, EmulatedFlags {
  readonly once?: boolean;
  readonly pipeline?: readonly string[];
}

export const runCommand = buildCommand({
  docs: { brief: 'Collect until stopped, or with --once until everything up to now is delivered' },
  parameters: {
    flags: {
      ...globalFlags,
      ...emulatedFlag,
      once: { kind: 'boolean', optional: true, brief: 'End when everything up to now is delivered' },
      pipeline: {
        kind: 'parsed',
        parse: String,
        variadic: ',',
        optional: true,
        brief: 'Only these pipelines, separated by commas',
        placeholder: 'name',
      },
    },
  },
  async func(this: CollectorContext, flags: RunFlags) {
    const { file, config, context, emulated } = await loadContext(
      this,
      flags,
      flags.once ? 'virtual' : 'real',
    );
    checkPipelines(flags.pipeline, config, file);
    const note = (code: string, pipeline: string, message: string): void =>
      this.note(flags.json ? JSON.stringify({ code, pipeline, message }) : `${pipeline}  ${message}`);
    const signals = createStopSignals(this.signals);
    signals.drainSignal.addEventListener('abort', () =>
      note('run.draining', '', 'finishing the units in flight; a second signal stops immediately'),
    );
    try {
      const outcomes = await runCollector(config, context, {
        follow: !flags.once,
        only: flags.pipeline,
        ...signals,
        onFailure: (name, error) => note('pipeline.failed', name, formatReason(error)),
        onGap: (name, gap) => note('gap.found', name, `lost: ${gap.from} to ${gap.to}, ${gap.reason}`),
        onDeferred: (name, unit, error) => note('unit.deferred', name, `${unit.id}: ${formatReason(error)}`),
        onContentTypeError: (name, type, error) =>
          note('source.type_refused', name, `${type}: ${error.message}`),
      });
      for (const outcome of outcomes)
        this.note(flags.json ? JSON.stringify(toJson(outcome)) : formatOutcome(outcome));
      if (emulated) for (const line of emulated.describe()) this.note(line);
      this.process.exitCode = Math.max(...outcomes.map(exitCodeOf), ExitCode.Success);
    } finally {
      signals.close();
    }
  },
});

function checkPipelines(names: readonly string[] | undefined, config: CollectorConfig, file: string): void {
  const known = Object.keys(config.pipelines);
  for (const name of names ?? [])
    if (!known.includes(name)) {
      const meant = nearMiss(name, known);
      const hint = meant ? `Did you mean ${meant}?` : `There are: ${known.join(', ')}`;
      throw new ConfigError([{ file, path: '--pipeline', problem: `there is no pipeline ${name}. ${hint}` }]);
    }
}

function exitCodeOf({ error }: PipelineOutcome): ExitCode {
  return error === undefined ? ExitCode.Success : getExitCode(error);
}

function toJson({ name, report, error }: PipelineOutcome): object {
  return error === undefined
    ? { code: 'pipeline.ended', pipeline: name, report }
    : { code: 'pipeline.failed', pipeline: name, message: formatReason(error) };
}
