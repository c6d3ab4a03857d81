import { resolveComputed } from './computed-fields.js';
import type { Lookups } from './computed-fields.js';
import type { FieldPath } from './field-path.js';
import { absent } from './leaf.js';
import type { Resolved } from './leaf.js';
import type { CompiledTenant } from './tenant-context.js';
import { toJson } from './to-json.js';
import { NestedJson, walk } from './walk.js';

/** Names that SigmaHQ's m365 rules use and no audit record has as they mean them. */
const sigmaNames: Readonly<Record<string, readonly string[]>> = {
  eventSource: ['Workload'],
  eventName: ['Name', 'Operation'],
};

/** Bags in which a simple name is looked for when the record has no such field. */
const bags = ['ExtendedProperties', 'DeviceProperties'];

/** A record as rules see it: fields are resolved when a rule asks, once per path. The record is never changed. */
export class RecordView {
  #record: Readonly<Record<string, unknown>> = {};
  #tenant: CompiledTenant;
  readonly #lookups: Lookups;
  readonly #nested: NestedJson = new NestedJson();
  readonly #resolved: Resolved[] = [];
  /** For each path, for which record it was resolved: `reuse` forgets all of them by counting. */
  readonly #resolvedFor: number[] = [];
  #current = 0;
  #json: string | undefined;

  constructor(record: Readonly<Record<string, unknown>>, tenant: CompiledTenant, lookups: Lookups) {
    this.#tenant = tenant;
    this.#lookups = lookups;
    this.reuse(record, tenant);
  }

  get record(): Readonly<Record<string, unknown>> {
    return this.#record;
  }

  /** Looks at another record: cheaper than another view. */
  reuse(record: Readonly<Record<string, unknown>>, tenant: CompiledTenant): void {
    this.#current += 1;
    this.#nested.clear();
    this.#json = undefined;
    this.#tenant = tenant;
    this.#record = unwrap(record, this.#nested);
  }

  resolve(path: FieldPath): Resolved {
    const { id } = path;
    if (this.#resolvedFor[id] === this.#current) return this.#resolved[id] as Resolved;
    const resolved = this.#resolve(path);
    this.#resolved[id] = resolved;
    this.#resolvedFor[id] = this.#current;
    return resolved;
  }

  /** The record as JSON text. */
  json(): string {
    return (this.#json ??= toJson(this.#record));
  }

  /** The same record with other content, for evidence without secrets. */
  with(record: Readonly<Record<string, unknown>>): RecordView {
    return new RecordView(record, this.#tenant, this.#lookups);
  }

  #resolve(path: FieldPath): Resolved {
    const record = this.#record;
    const { name } = path;
    if (name.startsWith('audit.')) return this.#computed(name);
    const renamed = Object.hasOwn(record, name) ? undefined : sigmaNames[name];
    if (renamed) return this.#any(renamed);
    if (name === 'status' && !Object.hasOwn(record, name)) return this.#computed('audit.Outcome');
    const found = walk(record, path, this.#nested);
    if (found.present || path.segments.length > 1) return found;
    const run = path.runs[0]?.[0] as { text: string; lower: string };
    for (const bag of bags) {
      const pairs = record[bag];
      if (!Array.isArray(pairs)) continue;
      const inside = walk(pairs, path, this.#nested);
      if (inside.present && hasPair(pairs, run.lower)) return inside;
    }
    return absent;
  }

  #computed(name: string): Resolved {
    const record = this.#record;
    return resolveComputed(name, {
      record,
      tenant: this.#tenant,
      lookups: this.#lookups,
      nested: this.#nested,
    });
  }

  /** The values of several fields of the record. */
  #any(names: readonly string[]): Resolved {
    const results = names.map((name) => {
      const run = { text: name, lower: name.toLowerCase() };
      return walk(this.#record, { id: -1, name, segments: [name], runs: [[run]] }, this.#nested);
    });
    const leaves = results.flatMap((result) => result.leaves);
    return results.some((result) => result.present) ? { present: true, leaves } : absent;
  }
}

function hasPair(pairs: readonly unknown[], lower: string): boolean {
  return pairs.some((pair) => {
    const name = typeof pair === 'object' && pair !== null ? (pair as { Name?: unknown }).Name : undefined;
    return typeof name === 'string' && name.toLowerCase() === lower;
  });
}

/** Exports of the portal and of PowerShell carry the whole record as text in `AuditData`. */
function unwrap(
  record: Readonly<Record<string, unknown>>,
  nested: NestedJson,
): Readonly<Record<string, unknown>> {
  if (!Object.hasOwn(record, 'AuditData')) return record;
  const { AuditData } = record;
  const inner = typeof AuditData === 'string' ? nested.read(AuditData) : AuditData;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? (inner as Readonly<Record<string, unknown>>)
    : record;
}
