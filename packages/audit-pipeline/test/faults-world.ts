import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator, Fault, FaultEffect, FaultRule } from 'audit-emulator';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';
import type { BlobUnit, Fetch, RawRecord } from 'o365-activity-client';
import { expect } from 'vitest';
import { memoryState, runPipeline } from '../src/index.js';
import type { Clock, DeadLetter, PipelineOptions, PipelineReport, Sink, State } from '../src/index.js';
import { blobSource, logsSink, rowOf } from './faults-parts.js';
import type { BlobSourceOptions } from './faults-parts.js';
import { keptValue } from './kept.js';

export const start: number = Date.UTC(2026, 4, 20, 12);
export const minute = 60_000;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;
const tableName = 'AuditRecords_CL';

export interface WorldOptions {
  /** Sees every request first; what it returns is the answer. */
  intercept?: (request: Request, next: Fetch) => Promise<Response | undefined> | Response | undefined;
  /** How far the collector's clock is from the service's, in milliseconds; may change. */
  skewInMs?: number;
  /** When the world begins. Default `start`. */
  begin?: number;
  maxBufferedBytes?: number;
  compression?: 'gzip' | 'none';
  subscribed?: boolean;
  /** Attempts the clients make after the first. Default 1, so that units fail too. */
  maxRetries?: number;
  timeoutInMs?: number;
}

type RunOptions = Partial<PipelineOptions<BlobUnit, RawRecord, Uint8Array>> & {
  from?: BlobSourceOptions['startFrom'];
  follow?: boolean;
  ruleId?: string;
};

export interface World {
  emulator: Emulator;
  state: State;
  dead: DeadLetter[];
  /** Every record that was published: its blobs, by its text. */
  published: Map<string, string[]>;
  publish(ids: readonly string[], options?: PublishOptions): string;
  fault(effect: FaultEffect, rule?: Omit<FaultRule, 'effect'>): Fault;
  run(options?: RunOptions): Promise<PipelineReport>;
  /** What a run without a sink of its own makes for itself. */
  sink(ruleId?: string): Sink<Uint8Array>;
  /** Runs until it succeeds, as a supervisor would. Returns the errors on the way. */
  runAll(options?: RunOptions): Promise<unknown[]>;
  /** Published minus what the dead letters name, nothing else. Returns the number of repetitions. */
  exact(): number;
  /** Requests whose service and path hold the text. */
  requests(part: string): number;
}

export interface PublishOptions {
  type?: Parameters<Emulator['state']['managementActivity']['publish']>[0];
  created?: number;
  listedFrom?: number;
  expires?: number;
  text?: (id: string) => string;
}

const recordText = (id: string): string =>
  `{"CreationTime":"2026-05-20T11:00:00","Id":"${id}","Operation":"FileAccessed","RecordType":6,"Ünï":"\\u00e9 🦉","Deep":{"a":[1,2,{"b":null}]}}`;

export async function world(options: WorldOptions = {}): Promise<World> {
  const { intercept, compression = 'gzip', maxRetries = 1 } = options;
  const { begin = start } = options;
  const emulator = createEmulator({ clock: 'virtual', start: begin });
  const clock: Clock = {
    now: () => emulator.clock.now() + (options.skewInMs ?? 0),
    sleep: (ms, signal) => emulator.clock.sleep(ms, signal),
  };
  emulator.state.managementActivity.clear();
  const direct: Fetch = (request) => emulator.fetch(request);
  const fetch: Fetch = async (request) => (await intercept?.(request, direct)) ?? direct(request);
  const { tenantId, clientId, clientSecret } = contoso;
  const common = {
    fetch,
    clock,
    retry: { maxRetries },
    ...(options.timeoutInMs !== undefined && { timeoutInMs: options.timeoutInMs }),
  };
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const o365 = new O365ActivityClient(tenantId, credential, {
    ...common,
    ...(options.maxBufferedBytes !== undefined && { maxBufferedBytes: options.maxBufferedBytes }),
  });
  const endpoint = emulator.state.logAnalytics.rules.get(contoso.dcrImmutableId)?.endpoint ?? '';
  const logs = new LogsIngestionClient(endpoint, credential, { ...common, compression });
  if (options.subscribed !== false) {
    const plain = { fetch: direct, clock };
    const admin = entraCredential({ tenantId, clientId, clientSecret, ...plain });
    await new O365ActivityClient(tenantId, admin, plain).subscriptions.ensure(contentTypes);
  }
  const state = memoryState({}, { clock });
  const dead: DeadLetter[] = [];
  const published = new Map<string, string[]>();

  const self: World = {
    emulator,
    state,
    dead,
    published,
    publish(ids, { type = 'Audit.General', text = recordText, ...when } = {}) {
      const texts = ids.map(text);
      const blob = emulator.state.managementActivity.publish(type, texts, {
        created: emulator.clock.now() - minute,
        ...when,
      });
      for (const one of texts) published.set(one, [...(published.get(one) ?? []), blob.contentId]);
      return blob.contentId;
    },
    fault: (effect, rule = {}) => emulator.faults.add({ ...rule, effect }),
    sink: (ruleId = contoso.dcrImmutableId) => logsSink(logs, { ruleId, stream: `Custom-${tableName}` }),
    run({ from = 'oldest', follow = false, ruleId, ...rest } = {}) {
      return runPipeline({
        source: blobSource(o365, { clock, startFrom: from, identity: `o365:${tenantId}` }),
        follow,
        transform: rowOf,
        recordId: ({ id }) => id,
        sink: self.sink(ruleId),
        state,
        deadLetters: { add: async (entry) => void dead.push(entry) },
        clock,
        ...rest,
      });
    },
    async runAll(runOptions) {
      const errors: unknown[] = [];
      for (let tries = 0; tries < 20; tries += 1) {
        try {
          const { progress } = await self.run(runOptions);
          const waiting = progress.find((type) => type.waiting !== undefined);
          if (!waiting) return errors;
          errors.push(new Error(waiting.waiting));
        } catch (error) {
          errors.push(error);
        }
      }
      throw errors.at(-1);
    },
    exact() {
      const rows = emulator.state.logAnalytics.rows(tableName);
      const named = new Set(dead.filter(({ row }) => row === undefined).map(({ unit }) => unit.id));
      const refused = new Set(dead.flatMap(({ row }) => (row instanceof Uint8Array ? [recordIn(row)] : [])));
      const arrived = new Map<string, number>();
      for (const { Record } of rows) {
        const text = JSON.stringify(Record);
        arrived.set(text, (arrived.get(text) ?? 0) + 1);
      }
      const wanted = new Set<string>();
      const known = new Set<string>();
      for (const [text, blobs] of published) {
        const record = normal(text);
        known.add(record);
        if (!refused.has(record) && !blobs.every((blob) => named.has(blob))) wanted.add(record);
      }
      expect(shown([...wanted].filter((one) => !arrived.has(one)))).toEqual([]);
      expect(shown([...arrived.keys()].filter((one) => !known.has(one)))).toEqual([]);
      return rows.length - arrived.size;
    },
    requests: (part) =>
      emulator.requests.filter(({ service, path }) => `${service} ${path}`.includes(part)).length,
  };
  return self;
}

const shown = (texts: string[]): string[] => texts.map((text) => text.slice(0, 60));

const normal = (text: string): string => JSON.stringify(keptValue(text));

function recordIn(row: Uint8Array): string {
  const text = new TextDecoder().decode(row);
  return normal(text.slice(text.indexOf('"Record":') + 9, -1));
}

/** Ids of one blob. */
export const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
