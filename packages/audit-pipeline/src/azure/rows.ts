import { createHash } from 'node:crypto';

/** A table takes 32 Ki characters a property and 1 MiB (UTF-16) an entity. */
const partChars = 30_000;
const maxParts = 15;

/** Ids may hold what a key must not, and be longer than one: their hash is the key. */
export function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** A long text over the properties `t0`, `t1`... */
export function writeText(text: string): Record<string, string> {
  const parts: Record<string, string> = {};
  for (let at = 0, part = 0; at < text.length || part === 0; at += partChars, part += 1)
    parts[`t${part}`] = text.slice(at, at + partChars);
  return parts;
}

export function readText(entity: Record<string, unknown>): string {
  let text = '';
  for (let part = 0; ; part += 1) {
    const one = entity[`t${part}`];
    if (typeof one !== 'string') return text;
    text += one;
  }
}

export function fitsEntity(text: string): boolean {
  return text.length <= partChars * maxParts;
}

/** Lists of ids whose JSON fits an entity each. */
export function* idLists(ids: readonly string[]): Generator<string[], void, void> {
  let list: string[] = [];
  let chars = 0;
  for (const id of ids) {
    const size = JSON.stringify(id).length + 1;
    if (list.length > 0 && chars + size > partChars * (maxParts - 1)) {
      yield list;
      [list, chars] = [[], 0];
    }
    list.push(id);
    chars += size;
  }
  if (list.length > 0) yield list;
}

export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number } | undefined)?.statusCode;
}

/** Undefined when it is not there. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Without what signs it: a SAS is a secret. */
export function plainUrl(url: string): string {
  return url.replace(/\?.*$/s, '');
}
