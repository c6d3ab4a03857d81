export { ndjsonSink } from './ndjson-sink.js';
export type { NdjsonSinkOptions } from './ndjson-sink.js';
export { ndjsonSource, readManifest } from './ndjson-source.js';
export type { NdjsonSourceOptions, NdjsonUnit } from './ndjson-source.js';
export type { ManifestLine } from './ndjson-manifest.js';
export type { Sink, Source, SourceRun, DiscoverOptions, Unit, WriteResult } from './ports.js';
export type { Clock, Cloud, Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';
