/** What a wildcard of a Sigma value stands for. */
export const Wildcard = { /** `*`: any length. */ Many: 1, /** `?`: one code point. */ One: 2 } as const;
export type Wildcard = (typeof Wildcard)[keyof typeof Wildcard];

/** A Sigma value as plain text and wildcards; neighboring texts are merged. */
export type TextPattern = readonly (string | Wildcard)[];

export type TextMode = 'exact' | 'contains' | 'startswith' | 'endswith';

/**
 * Reads the wildcards and escapes of a Sigma value: `\*`, `\?` and `\\` are the plain character; any other
 * backslash, also one at the end, is a plain backslash.
 */
export function parsePattern(text: string): TextPattern {
  const parts: (string | Wildcard)[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain) parts.push(plain);
    plain = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    const next = text[i + 1];
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      plain += next;
      i += 1;
    } else if (char === '*' || char === '?') {
      flush();
      parts.push(char === '*' ? Wildcard.Many : Wildcard.One);
    } else plain += char;
  }
  flush();
  return parts;
}

/** The text of a pattern without wildcards; undefined when it has one. */
export function plainText(pattern: TextPattern): string | undefined {
  if (pattern.length === 0) return '';
  return pattern.length === 1 && typeof pattern[0] === 'string' ? pattern[0] : undefined;
}

/** The pattern of a match mode: `contains x` is `*x*`. */
export function withMode(pattern: TextPattern, mode: TextMode): TextPattern {
  const many = [Wildcard.Many];
  const before = mode === 'contains' || mode === 'endswith' ? many : [];
  const after = mode === 'contains' || mode === 'startswith' ? many : [];
  return [...before, ...pattern, ...after].filter(
    (part, i, all) => part !== Wildcard.Many || all[i - 1] !== Wildcard.Many,
  );
}

/** A test of whole texts. The pattern and the text must be in the same case. Work is at most text times pattern. */
export function compilePattern(pattern: TextPattern): (text: string) => boolean {
  const [first, second, third] = pattern;
  if (pattern.length === 0) return (text) => text === '';
  if (pattern.length === 1 && typeof first === 'string') return (text) => text === first;
  if (pattern.length === 1 && first === Wildcard.Many) return () => true;
  if (pattern.length === 2 && typeof first === 'string' && second === Wildcard.Many)
    return (text) => text.startsWith(first);
  if (pattern.length === 2 && first === Wildcard.Many && typeof second === 'string')
    return (text) => text.endsWith(second);
  if (
    pattern.length === 3 &&
    first === Wildcard.Many &&
    typeof second === 'string' &&
    third === Wildcard.Many
  )
    return (text) => text.includes(second);
  return compileGlob(pattern);
}

type Segment = readonly (string | Wildcard)[];

/** Leftmost search of each segment between stars; the first is anchored to the start, the last to the end. */
function compileGlob(pattern: TextPattern): (text: string) => boolean {
  const segments: (string | Wildcard)[][] = [[]];
  for (const part of pattern) {
    if (part === Wildcard.Many) segments.push([]);
    else segments.at(-1)?.push(part);
  }
  const first = segments[0] as Segment;
  if (segments.length === 1) return (text) => matchAt(text, 0, first) === text.length;
  const last = segments.at(-1) as Segment;
  const middle = segments.slice(1, -1);
  return (text) => {
    let position = matchAt(text, 0, first);
    for (const segment of middle) {
      if (position < 0) return false;
      position = search(text, position, segment, false);
    }
    if (position < 0) return false;
    return last.length === 0 || search(text, position, last, true) >= 0;
  };
}

/** Where the segment that begins at `from` ends; -1 when it does not match there. */
function matchAt(text: string, from: number, segment: Segment): number {
  let position = from;
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, position)) return -1;
      position += part.length;
    } else {
      const code = text.codePointAt(position);
      if (code === undefined) return -1;
      position += code > 0xffff ? 2 : 1;
    }
  }
  return position;
}

/** The end of the leftmost match from `from` on; with `toEnd` only one that ends the text. */
function search(text: string, from: number, segment: Segment, toEnd: boolean): number {
  const lead = typeof segment[0] === 'string' ? segment[0] : undefined;
  for (let start = from; start <= text.length; start += 1) {
    if (lead !== undefined) {
      start = text.indexOf(lead, start);
      if (start < 0) return -1;
    } else if (isLowSurrogate(text, start)) continue;
    const end = matchAt(text, start, segment);
    if (end >= 0 && (!toEnd || end === text.length)) return end;
  }
  return -1;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}
