import { hostname } from 'node:os';
import { contentTypeNames } from './schema/source.js';
import type { CollectorConfig, PipelineConfig } from './types.js';

/** A configuration with every default filled in; secrets stay names. */
export function effectiveConfig(config: CollectorConfig): CollectorConfig {
  return {
    ...config,
    name: config.name ?? toName(hostname()),
    pipelines: Object.fromEntries(
      Object.entries(config.pipelines).map(([name, pipeline]) => [name, withDefaults(pipeline)]),
    ),
    state: config.state ?? { type: 'sqlite', folder: './state' },
    deadLetters: { maxBytes: config.deadLetters?.maxBytes ?? '1GiB' },
    shutdown: { drainTimeout: config.shutdown?.drainTimeout ?? '25s' },
  };
}

function withDefaults(pipeline: PipelineConfig): PipelineConfig {
  const { source } = pipeline;
  return {
    ...pipeline,
    tenants: pipeline.tenants ?? 'all',
    source:
      source.type === 'o365'
        ? {
            ...source,
            contentTypes: source.contentTypes ?? [...contentTypeNames],
            startSubscriptions: source.startSubscriptions ?? false,
          }
        : source,
    transforms: pipeline.transforms ?? [],
    concurrency: pipeline.concurrency ?? 4,
  };
}

/** A host's name as the name of a collector. */
function toName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return name || 'collector';
}
