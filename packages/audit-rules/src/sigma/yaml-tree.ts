import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { Refusal } from './problem.js';
import type { Position, RuleProblem } from './problem.js';

export interface ScalarNode extends Position {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** As a record's value would be compared with it. */
  text: string;
}
interface ListNode extends Position {
  kind: 'list';
  members: readonly YamlNode[];
}
export interface MapEntry {
  key: string;
  position: Position;
  value: YamlNode;
}
export interface MapNode extends Position {
  kind: 'map';
  entries: readonly MapEntry[];
}
/** YAML with positions, aliases resolved. */
export type YamlNode = ScalarNode | ListNode | MapNode;

/** A file longer than this is refused; also the number of nodes, aliases counted each time they are used. */
const maxFileChars = 2_000_000;
const maxNodes = 200_000;
const maxAliases = 1000;
const maxDepth = 50;

/** Reads every document of a YAML text. Duplicate keys and broken documents are problems; the others are returned. */
export function parseYaml(file: string, text: string, problems: RuleProblem[]): MapNode[] {
  if (text.length > maxFileChars) {
    const problem = `the file has more than ${maxFileChars} characters`;
    problems.push({ file, line: 1, column: 1, severity: 'error', problem, hint: 'Split it.' });
    return [];
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const nodes: MapNode[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error) {
      const { line, col: column } = lines.linePos(error.pos[0]);
      const hint = 'Correct the YAML.';
      problems.push({ file, line, column, severity: 'error', problem: error.message, hint });
      continue;
    }
    if (document.contents === null) continue;
    try {
      const node = convert(document, lines);
      if (node.kind === 'map') nodes.push(node);
      else throw new Refusal(node, 'a document is a map', 'Begin with `title:`.');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { position, message: problem, hint } = error;
      problems.push({ file, ...position, severity: 'error', problem, hint });
    }
  }
  return nodes;
}

function convert(document: Document, lines: LineCounter): YamlNode {
  let count = 0;
  let aliases = 0;
  const positionOf = (node: unknown): Position => {
    const start = (node as { range?: readonly number[] } | null | undefined)?.range?.[0] ?? 0;
    const { line, col: column } = lines.linePos(start);
    return { line, column };
  };
  function visit(given: unknown, depth: number): YamlNode {
    const position = positionOf(given);
    count += 1;
    if (isAlias(given)) aliases += 1;
    if (count > maxNodes || depth > maxDepth || aliases > maxAliases)
      throw new Refusal(position, 'the document is too large or too deep', 'Split it; use fewer aliases.');
    const node = isAlias(given) ? given.resolve(document) : given;
    if (isMap(node))
      return {
        kind: 'map',
        ...position,
        entries: node.items.map(({ key, value }) => {
          if (!isScalar(key)) throw new Refusal(positionOf(key), 'a key is plain text', 'Quote it.');
          return { key: keyText(key.value), position: positionOf(key), value: visit(value, depth + 1) };
        }),
      };
    if (isSeq(node))
      return { kind: 'list', ...position, members: node.items.map((item) => visit(item, depth + 1)) };
    if (node === null || node === undefined) return { kind: 'scalar', ...position, value: null, text: '' };
    if (isScalar(node)) return toScalar(node.value, node.source, position);
    throw new Refusal(position, 'an alias without an anchor', 'Define the anchor before it.');
  }
  return visit(document.contents, 0);
}

function keyText(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}

function toScalar(value: unknown, source: string | undefined, position: Position): ScalarNode {
  if (value === null || value === undefined) return { kind: 'scalar', ...position, value: null, text: '' };
  if (typeof value === 'number') {
    // Beyond 2^53 the digits as they are written are more exact than the number.
    const text =
      Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : (source ?? String(value));
    return { kind: 'scalar', ...position, value, text };
  }
  if (typeof value === 'boolean' || typeof value === 'string')
    return { kind: 'scalar', ...position, value, text: String(value) };
  throw new Refusal(position, 'a value of a kind that Sigma does not have', 'Quote it.');
}

/** The value of a key, if the map has it. */
export function getNode(map: MapNode, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

/** A required or optional text. */
export function getText(map: MapNode, key: string): string | undefined {
  const node = getNode(map, key);
  if (!node || (node.kind === 'scalar' && node.value === null)) return undefined;
  if (node.kind !== 'scalar') throw new Refusal(node, `\`${key}\` is a text`, 'Write one value.');
  return node.text;
}

/** A list of texts; one text counts as a list of one. */
export function getTexts(map: MapNode, key: string): string[] {
  const node = getNode(map, key);
  if (!node || (node.kind === 'scalar' && node.value === null)) return [];
  const members = node.kind === 'list' ? node.members : [node];
  return members.map((member) => {
    if (member.kind !== 'scalar')
      throw new Refusal(member, `\`${key}\` is a list of texts`, 'Write plain values.');
    return member.text;
  });
}
