import { KqlError } from './errors.js';
import { tokenize } from './tokens.js';
import type { Token } from './tokens.js';

/** The tokens of a query and where reading has come to. */
export interface Cursor {
  peek(ahead?: number): Token | undefined;
  next(): Token;
  isAt(...texts: string[]): boolean;
  /** Takes the next token if its text is one of these. */
  take(...texts: string[]): string | undefined;
  expect(text: string): void;
  name(): string;
}

export function createCursor(query: string): Cursor {
  const tokens = tokenize(query);
  let at = 0;
  const unexpected = (): KqlError =>
    new KqlError('SYN0002', `Query could not be parsed at '${tokens[at]?.text ?? 'end of query'}'`);
  const is = (token: Token | undefined, texts: readonly string[]): token is Token =>
    token !== undefined &&
    (token.kind === 'symbol' || (token.kind === 'name' && !token.quoted)) &&
    texts.includes(token.text);
  const next = (): Token => {
    const token = tokens[at];
    if (!token) throw unexpected();
    at++;
    return token;
  };
  return {
    peek: (ahead = 0) => tokens[at + ahead],
    next,
    isAt: (...texts) => is(tokens[at], texts),
    take: (...texts) => {
      const token = tokens[at];
      if (!is(token, texts)) return undefined;
      at++;
      return token.text;
    },
    expect: (text) => {
      if (!is(tokens[at], [text])) throw unexpected();
      at++;
    },
    name: () => {
      if (tokens[at]?.kind !== 'name') throw unexpected();
      return next().text;
    },
  };
}
