import { parseDateTime } from '../date-time.js';
import { KqlError } from './errors.js';

export type Token =
  | { kind: 'symbol'; text: string }
  /** `quoted`: written as `['name']`, so it is a column even where its text is a word of the language. */
  | { kind: 'name'; text: string; quoted?: boolean }
  | { kind: 'string' | 'number' | 'timespan' | 'datetime'; text: string; value: unknown };

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

const patterns: readonly [RegExp, (match: RegExpExecArray) => Token | undefined][] = [
  [/\s+|\/\/[^\n]*/y, () => undefined],
  [
    /datetime\(\s*["']?([^"')]+?)["']?\s*\)/y,
    ([text, date = '']) => ({ kind: 'datetime', text, value: datetime(date) }),
  ],
  [
    /(\d+(?:\.\d+)?)(ms|d|h|m|s)\b/y,
    ([text, amount, unit = '']) => ({ kind: 'timespan', text, value: Number(amount) * (units[unit] ?? 0) }),
  ],
  [
    /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy,
    // Digits that a double cannot hold stay text, as in the tables.
    ([text]) => ({ kind: 'number', text, value: exactNumber(text) }),
  ],
  [
    /@?"((?:[^"\\]|\\.)*)"|@?'((?:[^'\\]|\\.)*)'/y,
    (match) => ({ kind: 'string', text: match[0], value: unquote(match) }),
  ],
  // Behind a value it is an index: `Record['name']`.
  [
    /(?<![\w)\]'"])\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\]/y,
    (match) => ({ kind: 'name', text: unquote(match), quoted: true }),
  ],
  [/project-[a-z]+|[A-Za-z_$]\w*/y, ([text]) => ({ kind: 'name', text })],
  [
    /!(?:in|contains(?:_cs)?|has(?:_cs)?|startswith|endswith|between)(?!\w)/y,
    ([text]) => ({ kind: 'symbol', text }),
  ],
  [/==|!=|=~|!~|<=|>=|\.\.|[<>=|,()[\].+\-*/%~;]/y, ([text]) => ({ kind: 'symbol', text })],
];

export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length;) {
    let length = 0;
    for (const [pattern, make] of patterns) {
      pattern.lastIndex = at;
      const match = pattern.exec(query);
      if (!match) continue;
      length = match[0].length;
      const token = make(match);
      if (token) tokens.push(token);
      break;
    }
    if (length === 0) throw new KqlError('SYN0002', `Query could not be parsed at position ${at}`);
    at += length;
  }
  return tokens;
}

function exactNumber(text: string): number | string {
  return /^\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? text : Number(text);
}

function datetime(text: string): number {
  const parsed = parseDateTime(text);
  if (!parsed) throw new KqlError('SYN0002', 'A datetime literal could not be parsed');
  return parsed.ms;
}

function unquote(match: RegExpExecArray): string {
  const inner = match[1] ?? match[2] ?? '';
  if (match[0].startsWith('@')) return inner;
  return inner.replace(/\\(.)/g, (_all, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
}
