export { ndjsonSink } from './ndjson/ndjson-sink.js';
export type { NdjsonSinkOptions } from './ndjson/ndjson-sink.js';
export { ndjsonSource, readManifest } from './ndjson/ndjson-source.js';
export type { NdjsonSourceOptions, NdjsonUnit } from './ndjson/ndjson-source.js';
export type { ManifestLine } from './ndjson/ndjson-manifest.js';
export type { Sink, Source, SourceRun, DiscoverOptions, Unit, SinkResult } from './ports.js';
export type { Clock, Cloud, Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';
