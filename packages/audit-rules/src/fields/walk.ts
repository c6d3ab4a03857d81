import type { FieldPath } from './field-path.js';
import { Leaf, absent } from './leaf.js';
import type { Resolved } from './leaf.js';
import { toJson } from './to-json.js';

const maxDepth = 12;
/** Text longer than this is not read as JSON. */
const maxJsonChars = 1_048_576;

type Json = Record<string, unknown>;

interface Collector {
  present: boolean;
  leaves: Leaf[];
}

/** Reads JSON that was put into a string. Kept per record: several rules ask for it. */
export class NestedJson {
  #known: Map<string, unknown> | undefined;

  clear(): void {
    this.#known = undefined;
  }

  /** Undefined for what is no JSON object or array. */
  read(text: string): unknown {
    const start = text.charCodeAt(0);
    // `[`, `{` or white space before one of them.
    if (start !== 0x5b && start !== 0x7b && start > 0x20) return undefined;
    if (text.length > maxJsonChars || !/^\s*[[{]/.test(text)) return undefined;
    const known = (this.#known ??= new Map());
    if (known.has(text)) return known.get(text);
    const value = parseJson(text);
    known.set(text, value);
    return value;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of a key: exactly as written first, else without regard to case. */
function getKey(object: Json, text: string, lower: string): { value: unknown } | undefined {
  if (Object.hasOwn(object, text)) return { value: object[text] };
  for (const key of Object.keys(object))
    if (key.length === text.length && key.toLowerCase() === lower) return { value: object[key] };
  return undefined;
}

/** Follows a path into a value: objects, arrays, Name/Value pairs and JSON in strings. */
export function walk(value: unknown, path: FieldPath, nested: NestedJson): Resolved {
  const found: Collector = { present: false, leaves: [] };
  step(value, path, 0, nested, found, 0);
  return found.present ? found : absent;
}

function step(
  value: unknown,
  path: FieldPath,
  index: number,
  nested: NestedJson,
  found: Collector,
  depth: number,
): void {
  if (index === path.segments.length) {
    emit(value, found, depth);
    return;
  }
  if (depth > maxDepth || value === null || value === undefined) return;
  if (typeof value === 'string') {
    const inner = nested.read(value);
    if (inner !== undefined) step(inner, path, index, nested, found, depth + 1);
  } else if (Array.isArray(value)) stepArray(value, path, index, nested, found, depth);
  else if (typeof value === 'object') {
    const runs = path.runs[index] ?? [];
    // The longest run first: a key with dots wins over nesting.
    for (let length = runs.length; length > 0; length -= 1) {
      const run = runs[length - 1] as { text: string; lower: string };
      const entry = getKey(value as Json, run.text, run.lower);
      if (entry) {
        step(entry.value, path, index + length, nested, found, depth + 1);
        return;
      }
    }
  }
}

function stepArray(
  members: readonly unknown[],
  path: FieldPath,
  index: number,
  nested: NestedJson,
  found: Collector,
  depth: number,
): void {
  const runs = path.runs[index] ?? [];
  for (let length = runs.length; length > 0; length -= 1) {
    const name = (runs[length - 1] as { lower: string }).lower;
    const pairs = members.filter((member) => pairName(member) === name) as Json[];
    if (pairs.length === 0) continue;
    for (const pair of pairs) stepPair(pair, path, index + length, nested, found, depth + 1);
    return;
  }
  for (const member of members)
    if (typeof member === 'object' && member !== null) step(member, path, index, nested, found, depth + 1);
}

/** The name of a Name/Value (or Key/Value) pair in lower case. */
function pairName(member: unknown): string | undefined {
  if (typeof member !== 'object' || member === null) return undefined;
  const { Name, Key } = member as { Name?: unknown; Key?: unknown };
  const name = Name ?? Key;
  const isPair =
    Object.hasOwn(member, 'Value') || Object.hasOwn(member, 'NewValue') || Object.hasOwn(member, 'OldValue');
  return typeof name === 'string' && isPair ? name.toLowerCase() : undefined;
}

/** `.OldValue`, `.NewValue` and `.Value` reach the sides; else the value, or the new one, is what the name stands for. */
function stepPair(
  pair: Json,
  path: FieldPath,
  index: number,
  nested: NestedJson,
  found: Collector,
  depth: number,
): void {
  if (index === path.segments.length - 1) {
    const side = getKey(pair, path.segments[index] as string, (path.segments[index] as string).toLowerCase());
    if (side && /^(old|new)?value$/i.test(path.segments[index] as string)) {
      emit(side.value, found, depth);
      return;
    }
  }
  step(Object.hasOwn(pair, 'Value') ? pair['Value'] : pair['NewValue'], path, index, nested, found, depth);
}

function emit(value: unknown, found: Collector, depth: number): void {
  if (value === undefined) return;
  found.present = true;
  if (Array.isArray(value)) {
    // A list as a whole is its JSON text and its members.
    if (value.some((member) => typeof member === 'object' && member !== null))
      found.leaves.push(new Leaf(toJson(value)));
    if (depth <= maxDepth) for (const member of value) emit(member, found, depth + 1);
  } else if (typeof value === 'object' && value !== null) found.leaves.push(new Leaf(toJson(value)));
  else found.leaves.push(new Leaf(value as string | number | boolean | null));
}
