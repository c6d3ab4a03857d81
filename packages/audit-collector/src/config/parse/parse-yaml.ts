import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';

/** A parsed file that still knows where each value stands. */
interface LocatedYaml {
  value: unknown;
  /** Syntax errors and duplicate keys, with their places. */
  problems: { line: number; column: number; problem: string }[];
  /** Where the value of a path stands; the nearest parent where the path itself is absent. */
  locate(path: readonly (string | number)[], at?: 'key' | 'value'): { line: number; column: number };
}

/** Aliases are bounded: a file of a few lines must not grow to gigabytes. */
const maxAliasCount = 100;

export function parseYaml(text: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = document.errors.map((error) => ({
    ...place(error.pos[0]),
    problem:
      error.code === 'DUPLICATE_KEY' ? 'this key stands here twice' : `is not valid YAML (${error.code})`,
  }));
  let value: unknown;
  if (problems.length === 0)
    try {
      value = document.toJS({ maxAliasCount }) as unknown;
    } catch {
      problems.push({ line: 1, column: 1, problem: 'uses more aliases than a configuration needs' });
    }
  return { value, problems, locate: (path, at = 'value') => place(offsetOf(document, path, at)) };
}

function offsetOf(document: Document, path: readonly (string | number)[], at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const [depth, segment] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (!isPair(pair)) return offset;
      const last = depth === path.length - 1;
      offset = rangeStart(last && at === 'key' ? pair.key : (pair.value ?? pair.key)) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = rangeStart(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
