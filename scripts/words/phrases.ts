/**
 * Phrases and old names that the docs and the code no longer use, each with what to say instead. Phrases, not single
 * common words: a match must be wrong wherever it stands.
 */
const phrases: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // Old names.
  [/\bonRejected\b/, 'onUndeliverable'],
  [/\b(onFate|FateRange)\b/, 'onRowStatus, RowRange'],
  [/\bfates?\b/i, 'status'],
  [/\bunsent\b/, 'notSent'],
  [
    /\b(createMarks|recordWindow|dedupeMaxCount|maxMarks|maxNamed)\b/,
    'dedupe keys, dedupe: { maxKeys, windowInMs }',
  ],
  [/\b(onLeft|UnitsLeftError)\b/, 'onDeferred, UnitsDeferredError'],
  [/\b(maxAttempts|maxRestarts)\b/, 'maxRetries'],
  [/\b(pollInMs|idleInMs|everyInMs)\b/, 'pollIntervalInMs'],
  [/\bclosingLag\w*/, 'settleDelayInMs'],
  [/\bserviceTime\b/, 'serverTime'],
  [/\bFollowPage\b/, 'ActivityPage, AlertPage, BlobPage'],
  [/\bcreateFeed\b/, 'createActivityFeed, createContentFeed'],
  [/\bonTypeError\b/, 'onContentTypeError'],
  [/\bkind: '(read|write)'/, 'idempotent: boolean'],
  // What happened.
  [/\b(was|were|is|are|be) answered (with )?(a )?\d{3}\b/i, '"returned HTTP 401"'],
  [/\bgot no whole answer\b/i, '"the connection was reset"'],
  [/\bbreaks? off\b|\bbroke off\b/i, '"is interrupted", "ends early"'],
  [/\bgive(s|n)? up for now\b/i, 'deferred'],
  [/\bhanded back as (it|they) came\b/i, '"opaque; pass it back unmodified"'],
  [/\bproven until\b/i, 'completeUntil'],
  [/\bhears? of\b/i, '"called with", "called for each"'],
  [/\bway out\b/i, 'escape hatch'],
  [/\ba local Microsoft\b/i, `"a local emulator of Microsoft's audit and ingestion APIs"`],
  [/\bcome(s)? once\b/i, '"deduplicated"'],
  [/\btwice by design\b/i, 'duplicates'],
  // Turns of phrase.
  [/\banew\b/i, 'again'],
  [/\bin vain\b/i, 'say what failed'],
  [/\bfor ever\b/i, 'forever, without a limit'],
  [/\bby hand\b/i, 'manually, or say what it is done without'],
  [/\blet(s|ting)? go of\b/i, 'release, cancel'],
  [/\bat once\b/i, 'immediately, at the same time'],
  [/\bfor want of\b/i, 'without'],
  [/\bmade regular\b/i, 'normalized'],
  [/\bon wish\b/i, 'on request'],
  [/\bof one['’]s own\b/i, 'your own'],
  [/\bput right\b/i, 'corrected'],
  [/\bheld by a test\b/i, 'covered by a test'],
  [/\bmended\b/i, 'fixed'],
  [/\bspoken of\b/i, 'named'],
  [/\bstanding still\b/i, 'downtime'],
  [
    /\bwho(ever)? (gives up|drives|follows|asks|writes|reads) (must|gets|gives|has)\b/i,
    'name the reader: "you", "the caller"',
  ],
];

interface Found {
  line: number;
  text: string;
  instead: string;
  /** Of the phrase, to count by. */
  phrase: string;
}

/** A space of a phrase may be a line break, with the comment sign of the next line. */
const space = String.raw`(?:[^\S\n]+|\s*\n\s*(?:\*|//|>)?\s*)`;
const searches = phrases.map(([pattern, instead]) => ({
  search: new RegExp(pattern.source.replaceAll(' ', space), `g${pattern.flags}`),
  phrase: pattern.source,
  instead,
}));

/** Every use of an old name or phrase in a text, by line. */
export function findPhrases(text: string): Found[] {
  return searches.flatMap(({ search, phrase, instead }) =>
    [...text.matchAll(search)].map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      text: match[0].replaceAll(/\s+/g, ' '),
      instead,
      phrase,
    })),
  );
}
