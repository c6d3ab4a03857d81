import { encodeText } from '../signing.js';
import { decodeText } from './signed-request.js';

/** Lengths that a body is said to have by programs that count something else than its bytes. */
export function getOtherLengths(body: Uint8Array): [finding: string, lengths: number[]][] {
  const text = decodeText(body);
  const escaped = text.replace(/[\u007f-\uffff]/g, '\\u0000');
  const characters = [text.length, Array.from(text).length];
  return [
    ...characters.map((count): [string, number[]] => [
      `The length counts ${count} characters, the body has ${body.byteLength} bytes: sign the number of bytes.`,
      [count],
    ]),
    [
      'The length is that of the body with non-ASCII characters escaped, but it was sent unescaped.',
      [escaped.length],
    ],
    [
      'The length is that of the body in UTF-16, but it was sent in UTF-8.',
      [text.length * 2, text.length * 2 + 2],
    ],
    [
      'The length counts a byte order mark that was not sent, or leaves one out.',
      [body.byteLength + 3, body.byteLength - 3],
    ],
    ['The length is that of the body in base64.', [4 * Math.ceil(body.byteLength / 3)]],
    ...getOtherWritings(body),
    ['The length is 0: it was taken before the body was written.', [0]],
    [
      'The length counts a line break more or less than the body that was sent.',
      [1, 2, -1, -2].map((more) => body.byteLength + more),
    ],
  ];
}

function getOtherWritings(body: Uint8Array): [string, number[]][] {
  try {
    const value = JSON.parse(decodeText(body)) as unknown;
    const writings = [undefined, 1, 2, 4, '\t'].map((indent) => JSON.stringify(value, undefined, indent));
    // Python puts a space behind each comma and colon.
    const spaced = JSON.stringify(value, undefined, 1)
      .replace(/\n\s*/g, ' ')
      .replace(/([[{]) /g, '$1')
      .replace(/ ([\]}])/g, '$1');
    const single = Array.isArray(value) ? JSON.stringify(value[0]) : JSON.stringify([value]);
    const lengths = [...writings, spaced, single].flatMap((one) => [one.length, encodeText(one).byteLength]);
    return [
      [
        'The length is that of the same rows written otherwise: serialize once, sign and send those bytes.',
        lengths,
      ],
    ];
  } catch {
    return [];
  }
}
