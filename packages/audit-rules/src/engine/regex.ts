import type { RE2JS } from 're2js';

/** A linear-time matcher of RE2 syntax: `RegExp` is never given a rule's text. */
export interface RegexEngine {
  /** Searches anywhere. Throws for syntax that RE2 does not have. */
  compile(source: string, flags: string): (text: string) => boolean;
}

/** Longer patterns are refused. */
const maxPatternChars = 4096;

/** Loads the engine; called only when a rule has `re`. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  const { RE2JS } = await import('re2js');
  return {
    compile(source, flags) {
      if (source.length > maxPatternChars)
        throw new RangeError(`a pattern has at most ${maxPatternChars} characters`);
      const bits: Record<string, number> = {
        i: RE2JS.CASE_INSENSITIVE,
        m: RE2JS.MULTILINE,
        s: RE2JS.DOTALL,
      };
      let mask = 0;
      for (const flag of flags) mask |= bits[flag] ?? 0;
      const pattern: RE2JS = RE2JS.compile(source, mask);
      return (text) => pattern.test(text);
    },
  };
}
