import {
  encodeBase64,
  encodeHex,
  encodeText,
  encodeUtf16,
  otherDigests,
  signBytes,
  signText,
} from '../signing.js';
import { joinParts, getLines, signTexts, getParts } from './signed-request.js';
import type { Hypothesis } from './signed-request.js';

/** Mistakes in the whole of the signed string, or of the signature. */
export const formatMistakes: readonly Hypothesis[] = [
  {
    finding: 'The signed string ends in a line break, or begins with one.',
    signatures: (request) => {
      const text = joinParts(getParts(request));
      return signTexts(
        request,
        ['\n', '\r\n', ' '].flatMap((more) => [text + more, more + text]),
      );
    },
  },
  {
    finding: 'The lines of the signed string are joinParts otherwise than by a single line feed.',
    signatures: (request) =>
      signTexts(
        request,
        ['\r\n', '\\n', '\\r\\n', '', ' ', '\n\n', '\r', '`n'].map((glue) =>
          getLines(getParts(request)).join(glue),
        ),
      ),
  },
  {
    finding: 'A line of the signed string is missing, comes twice or stands elsewhere.',
    signatures: (request) => {
      const lines = getLines(getParts(request));
      const [method = '', length = '', type = '', date = '', path = ''] = lines;
      const without = lines.map((_, skip) => lines.filter((_line, at) => at !== skip));
      const orders = [
        [method, type, length, date, path],
        [method, length, date, type, path],
        [method, length, type, path, date],
        [length, method, type, date, path],
        [method, '', '', length, '', type, '', '', '', '', '', '', date, path],
        [method, length, '', type, date, path],
        [method, `content-length:${length}`, type, date, path],
        [method, length, `content-type:${type}`, date, path],
      ];
      return signTexts(
        request,
        [...without, ...orders].map((list) => list.join('\n')),
      );
    },
  },
  {
    finding: 'The signed string was encoded in UTF-16, or put into JSON or a URL first.',
    signatures: function* (request) {
      if (!request.key) return;
      const text = joinParts(getParts(request));
      yield encodeBase64(signBytes(request.key, encodeUtf16(text)));
      yield* signTexts(request, [
        encodeURIComponent(text),
        JSON.stringify(text),
        text.toLowerCase(),
        text.toUpperCase(),
      ]);
    },
  },
  {
    finding: 'The signature was made with key and text the wrong way round.',
    signatures: function* (request) {
      if (request.key) yield encodeBase64(signBytes(encodeText(joinParts(getParts(request))), request.key));
    },
  },
  {
    finding: 'The signature is written otherwise than in base64 with padding, or encoded twice.',
    signatures: function* (request) {
      if (!request.key) return;
      const bytes = signText(request.key, joinParts(getParts(request)));
      const right = encodeBase64(bytes);
      yield right.replaceAll('+', '-').replaceAll('/', '_');
      yield right.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      yield right.replace(/=+$/, '');
      yield encodeURIComponent(right);
      yield `${right}\n`;
      yield encodeHex(bytes);
      yield encodeHex(bytes).toUpperCase();
      yield encodeBase64(encodeText(encodeHex(bytes)));
      yield encodeBase64(encodeText(right));
      yield right.toLowerCase();
    },
  },
  {
    finding: 'The signature was made by another function than HMAC-SHA256.',
    signatures: function* (request) {
      if (!request.key) return;
      const text = joinParts(getParts(request));
      for (const digest of Object.values(otherDigests)) yield encodeBase64(digest(request.key, text));
    },
  },
];
